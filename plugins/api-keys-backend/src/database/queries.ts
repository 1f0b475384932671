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

/** The keys that exist for somebody. */
export type KeyScope = {
  /** Only keys of these owners. */
  owners: readonly string[] | 'everybody';
  /** And only those that a permission policy leaves. */
  condition?: KeyCondition;
};

/** Keys that have all of this. Times are milliseconds since 1970. */
export type KeyFilter = {
  statuses?: readonly ApiKeyStatus[];
  /** Text in name, description or hint. */
  text?: string;
  owner?: string;
  familyId?: string;
  expiresFrom?: number;
  expiresBefore?: number;
  /** Neither used nor made since then. */
  unusedSince?: number;
  neverUsed?: boolean;
  withoutExpiry?: boolean;
  createdBefore?: number;
  revokedSince?: number;
  /** Used on this day: its start in UTC. */
  usedOn?: number;
  /** Not revoked, and under a policy that gives them less than their maker asked for. */
  cutShort?: boolean;
  /** Of owners whom the catalog does not know. */
  ownerMissing?: boolean;
  /** Of owners who have to be confirmed. */
  ownerUnconfirmed?: boolean;
  /** Of families of which a rotated-out secret was presented since then. */
  rotatedOutSeenSince?: number;
  /** Of families in which another key is not revoked. */
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
  /** Whether there are more than `totalItems`. */
  totalIsCapped: boolean;
  nextCursor?: string;
};

/** Keys in numbers. What is not said otherwise counts accepted ones. */
export type KeySummary = Omit<
  ApiKeySummary,
  'expiryCalendar' | 'usesPerDay'
> & {
  /** By the day, as milliseconds since 1970, on which they expire. */
  expiriesByDay: Map<number, number>;
};

/** Events that have all of this. Times are milliseconds since 1970. */
export type KeyEventFilter = {
  /** Only of these keys. */
  keys?: KeyScope;
  category?: ApiKeyEventCategory;
  type?: string;
  keyId?: string;
  owner?: string;
  actor?: string;
  from?: number;
  to?: number;
};

/** `before` is the id of the last event of the page before. */
export type KeyEventPageRequest = { limit: number; before?: number };

export type KeyEventPage = {
  items: StoredKeyEvent[];
  /** Over all pages, but never more than `API_KEY_TOTAL_MAX`. */
  totalItems: number;
  /** Whether there are more than `totalItems`. */
  totalIsCapped: boolean;
  hasMore: boolean;
};
