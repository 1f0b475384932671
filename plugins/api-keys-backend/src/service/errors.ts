import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { ownerKindOf } from 'backstage-plugin-api-keys-common';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { statusOf } from '../lifecycle/status';

export function noSuchKey(id: string) {
  return new NotFoundError(`There is no API key with the id ${id}`);
}

/** @param what - the change that is impossible, as a participle */
export function noLongerAccepted(key: ApiKeyRecord, now: number, what: string) {
  return new ConflictError(
    `The API key is ${statusOf(key, now)} and cannot be ${what} any more`,
  );
}

export function notPermitted(permission: { name: string }) {
  return new NotAllowedError(
    `The permission policy of this portal does not allow you ${permission.name}`,
  );
}

/** @returns a sentence for users */
export function notInCatalog(ref: string): string {
  return `owner must be in the catalog, and ${ref} is not: an API key that acts as ${ref} would never work`;
}

export function notAMember(owner: string) {
  return new NotAllowedError(
    ownerKindOf(owner) === 'group'
      ? `API keys of ${owner} are made and managed by its members, and you are not one of them`
      : `API keys of ${owner} are made and managed by that user alone`,
  );
}
