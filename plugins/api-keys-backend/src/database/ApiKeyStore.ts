import { ApiKeyRecord, VerificationRecord } from '../lifecycle/ApiKeyRecord';
import { SecurityEventDraft, StoredKeyEvent } from '../lifecycle/KeyEvent';
import { OwnerIdentity } from '../lifecycle/ownerIdentity';
import {
  CatalogLook,
  KeyOwner,
  KeyOwnerPageRequest,
  ListedKeyOwner,
  OwnerPresenceChange,
  StoredOverride,
} from './KeyOwner';
import { DailyUses, KeyUses, UsesOnDay } from './KeyUses';
import { KeyTransfer, OwnedKeys } from './OwnedKeys';
import {
  KeyEventFilter,
  KeyEventPage,
  KeyEventPageRequest,
  KeyFilter,
  KeyPage,
  KeyPageRequest,
  KeyScope,
  KeySummary,
} from './queries';

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

/** Keeps keys. */
export interface ApiKeyStore {
  /**
   * Knows whether the owner is missing, but not of uses that wait to be added to the key: one that seems to be unused for too
   * long has to be found by its id before it is refused.
   */
  findForVerification(
    digests: readonly string[],
  ): Promise<VerificationRecord | undefined>;

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
  iterateEvents(filter: KeyEventFilter): AsyncIterable<StoredKeyEvent>;

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

  listOwners(page: KeyOwnerPageRequest): Promise<ListedKeyOwner[]>;

  findLook(kind: string): Promise<CatalogLook>;

  /** Notes that most owners of a kind are new entities all at once. */
  saveMassChange(kind: string, now: number): Promise<void>;

  /** Learns something new of an owner who is the same as before, if `known` is still all that is known. */
  learnIdentity(
    ref: string,
    known: OwnerIdentity | undefined,
    identity: OwnerIdentity,
  ): Promise<void>;

  /** Notes that an owner's offline sessions have ended, as was requested then. */
  noteSessionEnd(owner: string, requestedAt: number): Promise<void>;

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
   * Adds uses, all or none, also to keys that have ended since they were accepted. Never moves a last use back and never changes
   * anything but usage. Uses of very many keys are only written, which takes a moment, and {@link ApiKeyStore.mergeUses} adds
   * them; whoever verifies a key knows of them.
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
