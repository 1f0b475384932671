import { ApiKeyOrder } from './generated/types';

/**
 * The orders in which keys can be listed. Keys without the value (never used, no expiry) come last.
 *
 * @public
 */
export const API_KEY_ORDERS = [
  'createdAt:desc',
  'createdAt:asc',
  'expiresAt:asc',
  'expiresAt:desc',
  'lastUsedAt:desc',
  'lastUsedAt:asc',
  'name:asc',
  'name:desc',
  'owner:asc',
  'owner:desc',
] as const satisfies readonly ApiKeyOrder[];
