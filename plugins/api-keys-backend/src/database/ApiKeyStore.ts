import {
  ApiKeyOrder,
  ApiKeyRevokedReason,
  ApiKeyStatus,
} from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';

/** A condition on rows of `api_keys`. */
export type KeyCondition = (query: Knex.QueryBuilder) => void;

/** The keys that exist for somebody. */
export type KeyScope = {
  /** Only keys of these owners. */
  owners: readonly string[];
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

export type Revocation = {
  at: number;
  by: string;
  reason: ApiKeyRevokedReason;
};

/** The uses of one key since the last flush. */
export type KeyUses = {
  keyId: string;
  count: number;
  lastUsedAt: number;
  lastUsedIp?: string;
  lastUsedUserAgent?: string;
};

/** Keeps keys. Every method is one transaction. */
export interface ApiKeyStore {
  /**
   * Adds a key, unless its owner then had more than `maxAccepted` accepted ones. Exact under concurrency.
   *
   * @throws ConflictError over the limit
   */
  insert(
    key: ApiKeyRecord,
    options: { secretDigest: string; maxAccepted: number },
  ): Promise<void>;

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

  countAccepted(owner: string, now: number): Promise<number>;

  /**
   * Changes a key that is accepted, and whose expiry is not moved later.
   *
   * @returns the changed key, or undefined if there is no such key any more
   */
  update(
    id: string,
    changes: KeyChanges,
    now: number,
  ): Promise<ApiKeyRecord | undefined>;

  /** @returns whether this call is the one that revoked it */
  revoke(id: string, revocation: Revocation): Promise<boolean>;

  /** Adds uses. Never moves a last use back and never touches a revoked key. */
  addUses(uses: readonly KeyUses[]): Promise<void>;
}
