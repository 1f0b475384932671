import { ApiKeyRecord, VerificationRecord } from '../lifecycle/ApiKeyRecord';
import { SecurityEventDraft, StoredKeyEvent } from '../lifecycle/KeyEvent';
import { OwnerIdentity } from '../lifecycle/ownerIdentity';
import {
  CatalogCheck,
  KeyOwner,
  KeyOwnerPageRequest,
  ListedKeyOwner,
  OwnerPresenceChange,
  StoredOverride,
} from '../lifecycle/KeyOwner';
import { DailyUsage, UsageDelta, UsageOnDay } from '../lifecycle/UsageDelta';
import { KeyTransfer, OwnerKeysTransaction } from './OwnerKeysTransaction';
import {
  KeyEventFilter,
  KeyEventPage,
  KeyEventPageRequest,
  KeyFilter,
  KeyPage,
  KeyPageRequest,
  KeyVisibility,
  KeySummary,
} from './queries';

/** Position up to which changes were read. */
export type ChangeCursor = {
  /** Identifies the server that counts the transactions. */
  server: string;
  /** Number of the transaction to read on from. */
  next: number;
};

/** Owners whose keys changed since a mark, and the mark for the next read. */
export type OwnerChanges = {
  /** `everybody` if any owner's keys may have changed, which is the case without a usable mark. */
  owners: readonly string[] | 'everybody';
  mark: ChangeCursor;
};

/** Stores API keys. */
export interface ApiKeyStore {
  /**
   * Includes whether the owner is missing, but not the pending uses of the key. If a key seems unused for too long, find it by
   * its id before it is denied.
   */
  findForVerification(
    digests: readonly string[],
  ): Promise<VerificationRecord | undefined>;

  /** Includes all written uses, and whether the owner is missing. */
  findById(
    id: string,
    scope?: KeyVisibility,
  ): Promise<ApiKeyRecord | undefined>;

  /** Returns the changes of all replicas since a mark. Uses do not count as changes. */
  changesSince(mark?: ChangeCursor): Promise<OwnerChanges>;

  findByIds(
    ids: readonly string[],
    scope?: KeyVisibility,
  ): Promise<ApiKeyRecord[]>;

  /** @throws InputError for a cursor that this store did not make for this order */
  list(
    scope: KeyVisibility,
    filter: KeyFilter,
    page: KeyPageRequest,
    now: number,
  ): Promise<KeyPage>;

  /** All keys of a list over all of its pages, oldest first, without holding them in memory. */
  iterate(
    scope: KeyVisibility,
    filter: KeyFilter,
    now: number,
  ): AsyncIterable<ApiKeyRecord>;

  summarize(scope: KeyVisibility, now: number): Promise<KeySummary>;

  countActive(owner: string, now: number): Promise<number>;

  /** Returns the events of keys, latest first. */
  listEvents(
    filter: KeyEventFilter,
    page: KeyEventPageRequest,
  ): Promise<KeyEventPage>;

  /** All events of a list over all of its pages, oldest first, without holding them in memory. */
  iterateEvents(filter: KeyEventFilter): AsyncIterable<StoredKeyEvent>;

  /**
   * Changes the keys of an owner in one transaction, one change at a time on all replicas. The change must read whatever it
   * depends on inside the transaction.
   */
  withOwnerLock<T>(
    owner: string,
    change: (keys: OwnerKeysTransaction) => Promise<T>,
  ): Promise<T>;

  /**
   * Changes the keys of two owners in one transaction, as {@link ApiKeyStore.withOwnerLock} does, to move families from one to the
   * other.
   */
  withTransfer<T>(
    request: { from: string; to: string; keyIds: readonly string[] },
    change: (transfer: KeyTransfer) => Promise<T>,
  ): Promise<T>;

  findOwner(ref: string): Promise<KeyOwner | undefined>;

  /** Saves which owners the catalog has and which are missing. An owner who is already missing keeps the time since when. */
  saveOwnerPresence(change: OwnerPresenceChange, now: number): Promise<void>;

  listOwners(page: KeyOwnerPageRequest): Promise<ListedKeyOwner[]>;

  findCatalogCheck(kind: string): Promise<CatalogCheck>;

  /** Records that most owners of a kind became new entities at once. */
  saveMassChange(kind: string, now: number): Promise<void>;

  /** Adds knowledge about an owner whose identity is unchanged, unless `known` is out of date. */
  learnIdentity(
    ref: string,
    known: OwnerIdentity | undefined,
    identity: OwnerIdentity,
  ): Promise<void>;

  /** Records that an owner's offline sessions have ended, as requested at that time. */
  recordSessionEnd(owner: string, requestedAt: number): Promise<void>;

  /** Returns the overrides of these users and groups, or all overrides. */
  findOverrides(refs?: readonly string[]): Promise<StoredOverride[]>;

  saveOverride(override: StoredOverride): Promise<void>;

  /** Does nothing if there is no override. */
  deleteOverride(owner: string): Promise<void>;

  /**
   * Records a security event of a key once.
   *
   * @returns whether this was the first time
   */
  addSecurityEvent(event: SecurityEventDraft): Promise<boolean>;

  /** Number of keys in a list over all of its pages. */
  count(scope: KeyVisibility, filter: KeyFilter, now: number): Promise<number>;

  /** Number of uses on each day since `since`, by the start of the day. */
  getTotalUsage(
    scope: KeyVisibility,
    since: number,
  ): Promise<Map<number, number>>;

  /** Returns the uses of a key since a day, by day and plugin. */
  getDailyUsage(keyId: string, since: number): Promise<DailyUsage[]>;

  /** Returns the uses of each key in the scope since a day, by key and day. */
  getUsageByKey(
    keyIds: readonly string[],
    scope: KeyVisibility,
    since: number,
  ): Promise<UsageOnDay[]>;

  /**
   * Adds uses, all or none, including uses of keys that ended after the use was accepted. Never moves a last use back and never
   * changes anything but usage. If there are uses of very many keys, it only stores them as pending, which takes a moment, and
   * {@link ApiKeyStore.mergePendingUsage} adds them later; verification takes pending uses into account.
   *
   * @param uses - at most one for each key
   */
  applyUsage(uses: readonly UsageDelta[]): Promise<void>;

  /**
   * Adds some of the pending uses of all replicas to their keys, each once.
   *
   * @param after - the result of the previous call
   * @returns undefined when there are no more
   */
  mergePendingUsage(after?: string): Promise<string | undefined>;
}
