import {
  ApiKeyEventCategory,
  ApiKeyOrder,
  ApiKeyStatus,
  ApiKeySummary,
} from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import { ApiKeyRecord, JudgedKey } from '../lifecycle/ApiKeyRecord';
import { PolicyBounds } from '../lifecycle/bounds';
import { KeyEvent, SecurityEventDraft } from '../lifecycle/KeyEvent';
import { OwnerOverride } from '../lifecycle/policy';
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
  /** Of families of which a rotated-out secret was presented since then. */
  rotatedOutSeenSince?: number;
  /** Without access restrictions. */
  unrestricted?: boolean;
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

/** What may change on a key while it lives. `null` removes. */
export type KeyChanges = {
  name?: string;
  description?: string | null;
  expiresAt?: number | null;
};

/** When a key ends, and after how long without use. Undefined is never. */
export type KeyLifetime = Pick<ApiKeyRecord, 'expiresAt' | 'inactivityTimeout'>;

/** What a policy leaves a key. */
export type KeyUnderPolicy = KeyLifetime &
  Pick<ApiKeyRecord, 'forbiddenPlugins'>;

/** What is known of somebody who has keys. */
export type KeyOwner = {
  /** Entity ref. */
  ref: string;
  /** The groups that the owner was seen to be in last. */
  memberOf: readonly string[];
  /** What the owner's keys were brought under last; undefined for none yet. */
  bounds?: PolicyBounds;
  /** Since when the catalog does not know the owner, in milliseconds since 1970; undefined for one who is there. */
  missingSince?: number;
};

/** Owners in the order of their refs. */
export type KeyOwnerPageRequest = {
  after?: string;
  limit: number;
  /**
   * Only those of whom it matters whether they are in the catalog: who have keys that are not revoked, or are missing. Or
   * only those who have such keys and have been missing since `missingUntil` or before.
   */
  concerned?: 'by-presence' | 'by-offboarding';
  missingUntil?: number;
};

/** Which owners of a kind the catalog has. */
export type OwnerPresenceChange = {
  kind: string;
  /** Who is back. */
  returned: readonly string[];
  /** Who is missing from now on. */
  vanished: readonly string[];
  /** Whether the catalog was well: the time that it was not does not count for how long somebody has been missing. */
  believed: boolean;
};

/** An override as an admin set it. */
export type StoredOverride = OwnerOverride & {
  /** Milliseconds since 1970. */
  updatedAt: number;
  /** Entity ref. */
  updatedBy: string;
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
  items: KeyEvent[];
  /** Over all pages, but never more than `API_KEY_TOTAL_MAX`. */
  totalItems: number;
  /** Whether there are more than `totalItems`. */
  totalIsCapped: boolean;
  hasMore: boolean;
};

/** The uses of one key since the last flush. */
export type KeyUses = {
  keyId: string;
  count: number;
  lastUsedAt: number;
  lastUsedIp?: string;
  lastUsedUserAgent?: string;
  daily: readonly DailyUses[];
};

/** The uses of one key on one day by one plugin. */
export type DailyUses = {
  /** The start of the day in UTC, in milliseconds since 1970. */
  day: number;
  plugin: string;
  count: number;
};

/** The uses of one key on one day, by whatever plugin. */
export type UsesOnDay = { keyId: string } & Omit<DailyUses, 'plugin'>;

/** The keys of one owner, while nobody else changes them. Every change leaves an event. */
export interface OwnedKeys {
  readonly owner: KeyOwner;

  find(id: string): Promise<ApiKeyRecord | undefined>;

  /** Every key of a family. */
  family(familyId: string): Promise<ApiKeyRecord[]>;

  /** Every key that is not revoked. */
  unrevoked(): Promise<ApiKeyRecord[]>;

  countActive(now: number): Promise<number>;

  /** The overrides that there are for these users and groups. */
  findOverrides(refs: readonly string[]): Promise<OwnerOverride[]>;

  saveOwner(owner: Pick<KeyOwner, 'memberOf' | 'bounds'>): Promise<void>;

  insert(key: ApiKeyRecord, secretDigest: string): Promise<void>;

  change(
    key: ApiKeyRecord,
    changes: KeyChanges,
    by: string,
    now: number,
  ): Promise<ApiKeyRecord>;

  /** Brings a key under a policy; what its maker asked for stays known. */
  applyPolicy(
    key: ApiKeyRecord,
    allowed: KeyUnderPolicy,
    now: number,
  ): Promise<void>;

  /**
   * Never undoes a revocation.
   *
   * @returns how many of the transitions changed something
   */
  apply(transitions: readonly KeyTransition[], now: number): Promise<number>;
}

/** Keys of one owner that another one is to have, while nobody else changes the keys of either. */
export interface KeyTransfer {
  /** The families of the keys, as the old owner has them. */
  readonly families: readonly ApiKeyRecord[];
  /** The keys of the new owner. */
  readonly to: OwnedKeys;

  /** Gives whole families to the new owner, as whom they act from then on. Every key that is not revoked gets an event. */
  move(familyIds: readonly string[], by: string, now: number): Promise<void>;
}

/** Up to where changes were read. */
export type ChangeMark = {
  /** Which server counts. */
  server: string;
  /** From which transaction to read on. */
  next: number;
};

/** Whose keys changed since a look, and where the next look goes on. */
export type OwnerChanges = {
  /** Everybody's may have for a look that does not go on from another one. */
  owners: readonly string[] | 'everybody';
  mark: ChangeMark;
};

/** Hears of what happened to keys once it is committed. Whoever tells it neither waits nor expects it to fail. */
export interface KeyListener {
  eventsAdded?(events: readonly KeyEvent[]): void;

  /** @param owners - whose keys may have changed, or become theirs or another one's, or who left the catalog or are back */
  ownersChanged?(owners: readonly string[]): void;

  /** @param owners - of keys whose uses were written */
  keysUsed?(owners: readonly string[]): void;
}

/** Keeps keys. */
export interface ApiKeyStore {
  /**
   * Knows whether the owner is missing, but not of uses that wait to be added to the key: one that seems to be unused for too
   * long has to be found by its id before it is refused.
   */
  findByDigest(digests: readonly string[]): Promise<JudgedKey | undefined>;

  /** Knows of all uses that were written, and whether the owner is missing. */
  findById(id: string, scope?: KeyScope): Promise<ApiKeyRecord | undefined>;

  /** What all replicas changed since a look that was taken before. Uses are no changes. */
  changesSince(mark?: ChangeMark): Promise<OwnerChanges>;

  findByIds(ids: readonly string[], scope?: KeyScope): Promise<ApiKeyRecord[]>;

  /** @throws InputError for a cursor that this store did not make for this order */
  list(
    scope: KeyScope,
    filter: KeyFilter,
    page: KeyPageRequest,
    now: number,
  ): Promise<KeyPage>;

  /** The keys that a list has over all of its pages, eldest first, without holding them all. */
  iterate(
    scope: KeyScope,
    filter: KeyFilter,
    now: number,
  ): AsyncIterable<ApiKeyRecord>;

  summarize(scope: KeyScope, now: number): Promise<KeySummary>;

  countActive(owner: string, now: number): Promise<number>;

  /** What happened to keys, latest first. */
  listEvents(
    filter: KeyEventFilter,
    page: KeyEventPageRequest,
  ): Promise<KeyEventPage>;

  /** The events that a list has over all of its pages, eldest first, without holding them all. */
  iterateEvents(filter: KeyEventFilter): AsyncIterable<KeyEvent>;

  /**
   * Changes keys of an owner in one transaction, one after the other with everybody else who does, on every replica. Whatever
   * the change decides on, it has to read inside.
   */
  withKeysOf<T>(
    owner: string,
    change: (keys: OwnedKeys) => Promise<T>,
  ): Promise<T>;

  /** The same with the keys of two owners, of which one gets families of the other one's. */
  withTransfer<T>(
    request: { from: string; to: string; keyIds: readonly string[] },
    change: (transfer: KeyTransfer) => Promise<T>,
  ): Promise<T>;

  findOwner(ref: string): Promise<KeyOwner | undefined>;

  /** Notes whom the catalog knows by now, and who is missing there. Whoever is missing already stays so since then. */
  saveOwnerPresence(change: OwnerPresenceChange, now: number): Promise<void>;

  listOwners(page: KeyOwnerPageRequest): Promise<KeyOwner[]>;

  /** The overrides of these users and groups, or all that there are. */
  findOverrides(refs?: readonly string[]): Promise<StoredOverride[]>;

  saveOverride(override: StoredOverride): Promise<void>;

  /** Removing what is not there is fine. */
  deleteOverride(owner: string): Promise<void>;

  /**
   * Tells something of a key once.
   *
   * @returns whether this was the first time
   */
  addSecurityEvent(event: SecurityEventDraft): Promise<boolean>;

  /** How many keys a list has over all of its pages. */
  count(scope: KeyScope, filter: KeyFilter, now: number): Promise<number>;

  /** How often keys were used on each day since one, by the start of the day. */
  sumUses(scope: KeyScope, since: number): Promise<Map<number, number>>;

  /** What a key was used for since a day, by day and plugin. */
  findUsage(keyId: string, since: number): Promise<DailyUses[]>;

  /** How often each of the keys that are in the scope was used since a day, by key and day. */
  findUses(
    keyIds: readonly string[],
    scope: KeyScope,
    since: number,
  ): Promise<UsesOnDay[]>;

  /**
   * Adds uses, all or none. Never moves a last use back and never touches a revoked key. Those of very many keys are only
   * written, which takes a moment, and are for {@link ApiKeyStore.mergeUses} to add; whoever verifies a key knows of them.
   *
   * @param uses - at most one for each key
   */
  addUses(uses: readonly KeyUses[]): Promise<void>;

  /**
   * Adds some of the uses that were only written to their keys, by whichever replica, each once.
   *
   * @param after - what the call before returned
   * @returns undefined when there are no more
   */
  mergeUses(after?: string): Promise<string | undefined>;
}
