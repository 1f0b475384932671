import { ApiKey } from 'backstage-plugin-api-keys-common';

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
] as const satisfies readonly (keyof ApiKey)[];
