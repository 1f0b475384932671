import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { OwnerOverride } from '../lifecycle/policy';
import { KeyTransition } from '../lifecycle/transitions';
import { KeyOwner, OwnerIdentityChange } from './KeyOwner';

/** What may change on a key while it lives. `null` removes. */
export type KeyChanges = {
  name?: string;
  description?: string | null;
  expiresAt?: number | null;
  /** Of a change of the end: the length of life that is chosen by it. */
  chosenLifetime?: number;
};

/** When a key ends, and after how long without use. Undefined is never. */
export type KeyLifetime = Pick<ApiKeyRecord, 'expiresAt' | 'inactivityTimeout'>;

/** What a policy leaves a key. */
export type KeyUnderPolicy = KeyLifetime &
  Pick<ApiKeyRecord, 'forbiddenPlugins'>;

/** The keys of one owner, while nobody else changes them. Every change leaves an event. */
export interface OwnedKeys {
  readonly owner: KeyOwner;

  find(id: string): Promise<ApiKeyRecord | undefined>;

  /** Every key of a family. */
  family(familyId: string): Promise<ApiKeyRecord[]>;

  /** Every key that is not revoked. */
  unrevoked(): Promise<ApiKeyRecord[]>;

  countActive(now: number): Promise<number>;

  /** The overrides that there are for these users and groups. They stay as they are until the transaction ends. */
  findOverrides(refs: readonly string[]): Promise<OwnerOverride[]>;

  saveOwner(owner: Pick<KeyOwner, 'memberOf' | 'bounds'>): Promise<void>;

  /**
   * Writes what was found out about who the owner is. Events tell it of every key that is not revoked, but for what was only learnt.
   *
   * @returns how many keys it was told of
   */
  changeIdentity(change: OwnerIdentityChange, now: number): Promise<number>;

  /** Requests that the owner's offline sessions end; a group has none. */
  requestSessionEnd(now: number): Promise<void>;

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
