import {
  ApiKeyEventCategory,
  ApiKeyOrder,
  ApiKeyStatus,
} from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { KeyEvent, SecurityEventDraft } from '../lifecycle/KeyEvent';
import { KeyTransition } from '../lifecycle/transitions';

/** A condition on rows of `api_keys`. */
export type KeyCondition = (query: Knex.QueryBuilder) => void;

/** The keys that exist for somebody. */
export type KeyScope = {
  /** Only keys of these owners. */
  owners: readonly string[] | 'everybody';
  /** And only those that a permission policy leaves. */
  condition?: KeyCondition;
};

export type KeyFilter = {
  statuses?: readonly ApiKeyStatus[];
  /** Text in name, description or hint. */
  text?: string;
};

export type KeyPageRequest = {
  order: ApiKeyOrder;
  limit: number;
  cursor?: string;
};

export type KeyPage = {
  items: ApiKeyRecord[];
  totalItems: number;
  nextCursor?: string;
};

/** What may change on a key while it lives. `null` removes. */
export type KeyChanges = {
  name?: string;
  description?: string | null;
  expiresAt?: number;
};

/** Events that have all of this. Times are milliseconds since 1970. */
export type KeyEventFilter = {
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
  items: KeyEvent[];
  totalItems: number;
  hasMore: boolean;
};

/** The uses of one key since the last flush. */
export type KeyUses = {
  keyId: string;
  count: number;
  lastUsedAt: number;
  lastUsedIp?: string;
  lastUsedUserAgent?: string;
};

/** The keys of one owner, while nobody else changes them. Every change leaves an event. */
export interface OwnedKeys {
  find(id: string): Promise<ApiKeyRecord | undefined>;

  /** Every key of a family. */
  family(familyId: string): Promise<ApiKeyRecord[]>;

  countActive(now: number): Promise<number>;

  insert(key: ApiKeyRecord, secretDigest: string): Promise<void>;

  change(
    key: ApiKeyRecord,
    changes: KeyChanges,
    by: string,
    now: number,
  ): Promise<ApiKeyRecord>;

  /**
   * Never undoes a revocation.
   *
   * @returns how many of the transitions changed something
   */
  apply(transitions: readonly KeyTransition[], now: number): Promise<number>;
}

/** Keeps keys. */
export interface ApiKeyStore {
  findByDigest(digests: readonly string[]): Promise<ApiKeyRecord | undefined>;

  findById(id: string, scope?: KeyScope): Promise<ApiKeyRecord | undefined>;

  findByIds(ids: readonly string[]): Promise<ApiKeyRecord[]>;

  /** @throws InputError for a cursor that this store did not make for this order */
  list(
    scope: KeyScope,
    filter: KeyFilter,
    page: KeyPageRequest,
    now: number,
  ): Promise<KeyPage>;

  countActive(owner: string, now: number): Promise<number>;

  /** What happened to keys, latest first. */
  listEvents(
    filter: KeyEventFilter,
    page: KeyEventPageRequest,
  ): Promise<KeyEventPage>;

  /**
   * Changes keys of an owner in one transaction, one after the other with everybody else who does, on every replica. Whatever
   * the change decides on, it has to read inside.
   */
  withKeysOf<T>(
    owner: string,
    change: (keys: OwnedKeys) => Promise<T>,
  ): Promise<T>;

  /** Tells something of a key once. */
  addSecurityEvent(event: SecurityEventDraft): Promise<void>;

  /** Adds uses. Never moves a last use back and never touches a revoked key. */
  addUses(uses: readonly KeyUses[]): Promise<void>;
}
