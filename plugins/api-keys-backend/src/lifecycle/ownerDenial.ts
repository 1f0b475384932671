import { ApiKeyOwnerDenial } from 'backstage-plugin-api-keys-common';
import { VerificationRecord } from './ApiKeyRecord';

/** Returns why a key is denied that has not ended, if it is: because of its owner. */
export function ownerDenialOf(
  key: Pick<VerificationRecord, 'ownerMissingSince' | 'ownerUnconfirmedSince'>,
): ApiKeyOwnerDenial | undefined {
  if (key.ownerMissingSince !== undefined) return 'owner-missing';
  if (key.ownerUnconfirmedSince !== undefined) return 'owner-unconfirmed';
  return undefined;
}
