import {
  ApiKeyEventCategory,
  ApiKeyOrder,
  ApiKeyStatus,
  ApiKeySummary,
} from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { StoredKeyEvent } from '../lifecycle/KeyEvent';

/** A condition on rows of `api_keys`. */
export type KeyCondition = (query: Knex.QueryBuilder) => void;

/** The keys that exist for a caller. */
export type KeyVisibility = {
  /** Only keys of these owners. */
  owners: readonly string[] | 'everybody';
  /** Additionally limits the keys to those that a permission policy allows. */
  condition?: KeyCondition;
};

/** Keys that match all conditions. Times are milliseconds since 1970. */
export type KeyFilter = {
  statuses?: readonly ApiKeyStatus[];
  /** Text in name, description or hint. */
  text?: string;
  owner?: string;
  familyId?: string;
  expiresFrom?: number;
  expiresBefore?: number;
  /** Neither used nor created since then. */
  unusedSince?: number;
  neverUsed?: boolean;
  withoutExpiry?: boolean;
  createdBefore?: number;
  revokedSince?: number;
  /** Used on this day: its start in UTC. */
  usedOn?: number;
  /** Not revoked, and limited by a policy to less than was requested. */
  cutShort?: boolean;
  /** Only keys of owners who are missing from the catalog. */
  ownerMissing?: boolean;
  /** Only keys of owners who have to be confirmed. */
  ownerUnconfirmed?: boolean;
  /** Only keys of families in which a rotated-out secret was presented since then. */
  rotatedOutSeenSince?: number;
  /** Only keys of families in which another key is not revoked. */
  familyLives?: boolean;
  /** Without access restrictions. */
  unrestricted?: boolean;
  /** Carrying this scope. */
  scope?: string;
};

export type KeyPageRequest = {
  order: ApiKeyOrder;
  limit: number;
  cursor?: string;
};

export type KeyPage = {
  items: ApiKeyRecord[];
  /** Over all pages, but never more than `API_KEY_TOTAL_MAX`. */
  totalItems: number;
  /** True if there are more than `totalItems`. */
  totalIsCapped: boolean;
  nextCursor?: string;
};

/** Numbers of keys. Fields count accepted keys unless they say otherwise. */
export type KeySummary = Omit<
  ApiKeySummary,
  'expiryCalendar' | 'usesPerDay'
> & {
  /** Counts by day of expiry, in milliseconds since 1970. */
  expiriesByDay: Map<number, number>;
};

/** Events that match all conditions. Times are milliseconds since 1970. */
export type KeyEventFilter = {
  /** Only events of these keys. */
  keys?: KeyVisibility;
  category?: ApiKeyEventCategory;
  type?: string;
  keyId?: string;
  owner?: string;
  actor?: string;
  from?: number;
  to?: number;
};

/** `before` is the id of the last event of the previous page. */
export type KeyEventPageRequest = { limit: number; before?: number };

export type KeyEventPage = {
  items: StoredKeyEvent[];
  /** Over all pages, but never more than `API_KEY_TOTAL_MAX`. */
  totalItems: number;
  /** True if there are more than `totalItems`. */
  totalIsCapped: boolean;
  hasMore: boolean;
};
