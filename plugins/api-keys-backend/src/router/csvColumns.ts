import { ApiKey } from 'backstage-plugin-api-keys-common';

/** Row of an export for a key. */
export type CsvKey = Omit<ApiKey, 'scopes'> & {
  /** All restrictions as JSON; empty if there are none. */
  restrictions: string | null;
  /** Scopes, separated by spaces. */
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

/** Columns of the export, in this order. Append new columns: spreadsheets refer to columns by position. */
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
