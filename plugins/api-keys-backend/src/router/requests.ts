import { InputError } from '@backstage/errors';
import {
  API_KEY_PAGE_SIZE_DEFAULT,
  ApiKeyFilter,
  canonicalScope,
  ListApiKeysRequest,
  ownerKindOf,
} from 'backstage-plugin-api-keys-common';
import { canonicalEntityRef } from 'backstage-plugin-api-keys-node/internal';
import { KeyFilter, KeyPageRequest } from '../database/queries';
import type { Inputs } from '../openapi/generated';
import { parseRestrictions } from '../restrictions/parseRestrictions';

/** Conversions from the input of requests to the types of the service. */

export function toNewKey({ body }: Inputs['createKey']) {
  return {
    ...body,
    ...parseRestrictions(body),
    name: body.name.trim(),
    owner:
      body.owner === undefined ? undefined : toOwner({ owner: body.owner }),
  };
}

export function toKeyUpdate({ body }: Inputs['updateKey']) {
  const { name, ...changes } = body;
  return name === undefined ? changes : { ...changes, name: name.trim() };
}

export function toEventPage(query: Inputs['listKeyEvents']['query']) {
  return {
    limit: query.limit ?? API_KEY_PAGE_SIZE_DEFAULT,
    before: query.cursor === undefined ? undefined : Number(query.cursor),
  };
}

export function toEventFilter(
  query: Inputs['listAllEvents' | 'exportEvents']['query'],
) {
  return {
    category: query.category,
    type: query.type,
    keyId: query.keyId?.toLowerCase(),
    owner: toEntityRef(query.owner),
    actor: toEntityRef(query.actor),
    from: toTime(query.from),
    to: toTime(query.to),
  };
}

export function toKeyPage(
  query: Pick<ListApiKeysRequest, 'orderBy' | 'limit' | 'cursor'>,
): KeyPageRequest {
  return {
    order: query.orderBy ?? 'createdAt:desc',
    limit: query.limit ?? API_KEY_PAGE_SIZE_DEFAULT,
    cursor: query.cursor,
  };
}

export function toKeyFilter(
  filter: ApiKeyFilter & Pick<ListApiKeysRequest, 'familyId'>,
): KeyFilter {
  return {
    owner: toEntityRef(filter.owner),
    familyId: filter.familyId?.toLowerCase(),
    statuses: filter.status,
    text: filter.q,
    expiresFrom: toTime(filter.expiresFrom),
    expiresBefore: toTime(filter.expiresBefore),
    unusedSince: toTime(filter.unusedSince),
    neverUsed: filter.neverUsed,
    withoutExpiry: filter.withoutExpiry,
    createdBefore: toTime(filter.createdBefore),
    revokedSince: toTime(filter.revokedSince),
    // A day without a time means that day in UTC.
    usedOn: toTime(filter.usedOn),
    cutShort: filter.cutShort,
    ownerMissing: filter.ownerMissing,
    ownerUnconfirmed: filter.ownerUnconfirmed,
    rotatedOutSeenSince: toTime(filter.rotatedOutSeenSince),
    unrestricted: filter.unrestricted,
    scope:
      filter.scope === undefined ? undefined : canonicalScope(filter.scope),
  };
}

/** @throws InputError unless either `ids` or `filter` is set */
export function toRevocation({ body }: Inputs['revokeKeys']) {
  const { ids, filter, ...rest } = body;
  return { ...rest, ...toSelection({ ids, filter }) };
}

/** @throws InputError unless either `ids` or `filter` is set */
export function toTransfer({ body }: Inputs['transferKeys']) {
  const { ids, filter, owner, ...rest } = body;
  return {
    ...rest,
    ...toSelection({ ids, filter }),
    owner: toOwner({ owner }),
  };
}

function toSelection({
  ids,
  filter,
}: {
  ids?: string[];
  filter?: ApiKeyFilter;
}): { ids?: string[]; filter?: KeyFilter } {
  if (Boolean(ids) === Boolean(filter)) {
    throw new InputError('the request: must hold either ids or filter');
  }
  return {
    ids: ids && toKeyIds(ids),
    filter: filter && toKeyFilter(filter),
  };
}

/** @throws InputError for a kind of entity that cannot own keys */
export function toOwner({ owner }: { owner: string }): string {
  const ref = canonicalEntityRef(owner);
  if (!ownerKindOf(ref)) {
    throw new InputError('owner: must be a user or a group');
  }
  return ref;
}

export function toKeyId({ id }: { id: string }): string {
  return id.toLowerCase();
}

export function toKeyIds(ids: readonly string[]): string[] {
  return ids.map(id => toKeyId({ id }));
}

export function toEntityRef(ref: string | undefined): string | undefined {
  return ref === undefined ? undefined : canonicalEntityRef(ref);
}

function toTime(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time);
}
