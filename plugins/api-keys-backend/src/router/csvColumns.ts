import { ApiKey } from 'backstage-plugin-api-keys-common';

/** A key as a line of an export. */
export type CsvKey = Omit<ApiKey, 'scopes'> & {
  /** All that it may be used for, as JSON; empty for everything. */
  restrictions: string | null;
  /** What it is for outside of Backstage, separated by spaces. */
  scopes: string;
};

export function toCsvKey(key: ApiKey): CsvKey {
  const { accessRestrictions, scopes } = key;
  return {
    ...key,
    restrictions: accessRestrictions && JSON.stringify(accessRestrictions),
    scopes: scopes.join(' '),
  };
}

/** What of a key is in an export, in this order. New columns go to the end: people count them. */
export const CSV_COLUMNS = [
  'id',
  'name',
  'description',
  'owner',
  'subject',
  'createdBy',
  'createdAt',
  'status',
  'expiresAt',
  'inactivityTimeout',
  'inactiveAt',
  'lastUsedAt',
  'lastUsedIp',
  'lastUsedUserAgent',
  'useCount',
  'revokedAt',
  'revokedBy',
  'revokedReason',
  'hint',
  'familyId',
  'predecessorId',
  'successorId',
  'overlapEndsAt',
  'restrictions',
  'scopes',
] as const satisfies readonly (keyof CsvKey)[];
