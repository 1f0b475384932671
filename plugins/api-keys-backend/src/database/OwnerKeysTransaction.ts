import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { OwnerOverride } from '../lifecycle/policy';
import { KeyTransition } from '../lifecycle/transitions';
import { KeyOwner, OwnerIdentityChange } from '../lifecycle/KeyOwner';

/** Changes that an active key allows. `null` removes a value. */
export type KeyChanges = {
  name?: string;
  description?: string | null;
  expiresAt?: number | null;
  /** Lifetime that is chosen by changing the end. */
  chosenLifetime?: number;
};

/** End and inactivity timeout of a key. Undefined is never. */
export type KeyLifetime = Pick<ApiKeyRecord, 'expiresAt' | 'inactivityTimeout'>;

/** Fields of a key as limited by a policy. */
export type KeyUnderPolicy = KeyLifetime &
  Pick<ApiKeyRecord, 'forbiddenPlugins'>;

/** The keys of one owner, locked against other changes. Every change records an event. */
export interface OwnerKeysTransaction {
  readonly owner: KeyOwner;

  find(id: string): Promise<ApiKeyRecord | undefined>;

  /** Returns every key of a family. */
  family(familyId: string): Promise<ApiKeyRecord[]>;

  /** Returns every key that is not revoked. */
  findUnrevoked(): Promise<ApiKeyRecord[]>;

  countActive(now: number): Promise<number>;

  /** Returns the overrides of these users and groups, and locks them until the transaction ends. */
  findOverrides(refs: readonly string[]): Promise<OwnerOverride[]>;

  saveOwner(owner: Pick<KeyOwner, 'memberOf' | 'bounds'>): Promise<void>;

  /**
   * Writes a finding about the owner's identity. Every key that is not revoked gets an event, unless the owner only got known
   * better.
   *
   * @returns the number of keys that got an event
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

  /** Applies a policy to a key. The values that were requested for the key are kept. */
  applyPolicy(
    key: ApiKeyRecord,
    allowed: KeyUnderPolicy,
    now: number,
  ): Promise<void>;

  /**
   * Never undoes a revocation.
   *
   * @returns the number of transitions that changed a key
   */
  apply(transitions: readonly KeyTransition[], now: number): Promise<number>;
}

/** Keys that move from one owner to another, with the keys of both locked against other changes. */
export interface KeyTransfer {
  /** The families of the keys, still with the old owner. */
  readonly families: readonly ApiKeyRecord[];
  /** The keys of the new owner. */
  readonly to: OwnerKeysTransaction;

  /** Moves whole families to the new owner, as which they act from then on. Every key that is not revoked gets an event. */
  move(familyIds: readonly string[], by: string, now: number): Promise<void>;
}
