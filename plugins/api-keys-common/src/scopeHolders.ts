import { ApiKey } from './types';

/**
 * A key that carries a scope, as those see it whom the scope is of: who has it, and whether it is used. Where it was used from is
 * for its owner alone.
 *
 * @public
 */
export type ApiKeyScopeHolder = Pick<
  ApiKey,
  | 'id'
  | 'name'
  | 'owner'
  | 'subject'
  | 'status'
  | 'createdAt'
  | 'expiresAt'
  | 'lastUsedAt'
>;

/**
 * One page of the keys that carry a scope.
 *
 * @public
 */
export type ApiKeyScopeHolderPage = {
  items: ApiKeyScopeHolder[];
  /** How many there are over all pages, up to {@link API_KEY_TOTAL_MAX}. */
  totalItems: number;
  /** Whether there are more than `totalItems`. */
  totalIsCapped: boolean;
  pageInfo: { nextCursor?: string };
};
