import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  ApiKeyPolicy,
  ApiKeyRotatedBy,
  CreateApiKeyRequest,
} from 'backstage-plugin-api-keys-common';
import { DailyUsage, UsageOnDay } from '../lifecycle/UsageDelta';
import { KeyChanges } from '../database/OwnerKeysTransaction';
import {
  KeyEventPage,
  KeyEventPageRequest,
  KeyFilter,
  KeyPage,
  KeyPageRequest,
} from '../database/queries';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { SessionOwnership } from '../lifecycle/ownership';
import { Overlap, RevokedKeys } from '../lifecycle/transitions';
import { AlsoRevoked } from './AlsoRevokedKeys';

export type { KeyEventPage };

/** The caller of an operation. */
export type Caller = {
  credentials: BackstageCredentials<BackstageUserPrincipal>;
  userEntityRef: string;
  /** Entity refs of the owners whose keys the caller may manage. */
  ownershipEntityRefs: string[];
  /** Id of the key with which the request was made, if any. */
  keyId?: string;
};

/** The user who creates a key, and what the user's session owns. */
export type KeyCreator = Pick<Caller, 'userEntityRef'> & {
  ownership: SessionOwnership;
};

/** The user who replaces a key. A key that rotates itself passes on what it owns. */
export type KeyRotator = Pick<Caller, 'userEntityRef'> & {
  ownership: SessionOwnership | 'inherited';
};

export type RotationRequest = {
  /** ISO 8601 duration; defaults to the lifetime that was chosen for the old key. */
  expiresIn?: string;
  overlap?: Overlap;
};

/** A rotation, and its actor. */
export type Rotation = RotationRequest & { rotatedBy: ApiKeyRotatedBy };

export type KeyUpdateRequest = Omit<
  KeyChanges,
  'expiresAt' | 'chosenLifetime'
> & {
  expiresAt?: string;
};

/** A new key with its secret, which must not be logged or stored. */
export type IssuedKey = {
  key: ApiKeyRecord;
  secret: string;
  /** Entity refs that the session of the creator owns and the key does not. */
  missingOwnership: string[];
};

/** Operations of callers on their own keys. For keys of others, every method responds as if the key did not exist. */
export interface ApiKeyService {
  /**
   * Returns the limits for new keys of an owner.
   *
   * @param owner - the caller, which is the default, or one of the caller's groups
   * @throws NotAllowedError for any other owner
   */
  getPolicy(caller: Caller, owner?: string): Promise<ApiKeyPolicy>;

  list(
    caller: Caller,
    filter: KeyFilter,
    page: KeyPageRequest,
  ): Promise<KeyPage>;

  /** @throws NotFoundError */
  get(caller: Caller, id: string): Promise<ApiKeyRecord>;

  /**
   * Returns the events of a key, latest first.
   *
   * @throws NotFoundError
   */
  listEvents(
    caller: Caller,
    id: string,
    page: KeyEventPageRequest,
  ): Promise<KeyEventPage>;

  /**
   * Returns the uses of a key on the last days, by day and plugin.
   *
   * @throws NotFoundError
   */
  getUsage(caller: Caller, id: string, days: number): Promise<DailyUsage[]>;

  /** Returns the number of uses of keys on the last days, by key and day. Omits keys that the caller may not see. */
  listUsage(
    caller: Caller,
    ids: readonly string[],
    days: number,
  ): Promise<UsageOnDay[]>;

  /**
   * @throws InputError for an expiry or restrictions that the policy does not allow, and for an owner whose keys would not work
   * @throws NotAllowedError for an owner for which the caller may not create keys
   * @throws ConflictError over the limit of keys
   */
  create(caller: Caller, request: CreateApiKeyRequest): Promise<IssuedKey>;

  /**
   * @throws NotFoundError
   * @throws InputError for an expiry that is not earlier
   * @throws ConflictError for a key that is not accepted any more
   */
  update(
    caller: Caller,
    id: string,
    request: KeyUpdateRequest,
  ): Promise<ApiKeyRecord>;

  /**
   * Creates a successor. The old key keeps working until the new one is first used, or the overlap ends.
   *
   * @throws NotFoundError
   * @throws InputError for a lifetime that the policy does not allow or, if a key rotates itself, that nobody chose for it, and
   * for a key with fewer restrictions than the policy requires
   * @throws ConflictError for a key that is not accepted any more
   */
  rotate(caller: Caller, id: string, request: Rotation): Promise<IssuedKey>;

  /**
   * Restarts the inactivity timeout, also for an inactive key.
   *
   * @throws NotFoundError
   * @throws ConflictError for a key that has ended, and over the limit of keys
   */
  keepAlive(caller: Caller, id: string): Promise<ApiKeyRecord>;

  /**
   * Revokes a key and its self-made descendants. Repeating the call changes nothing.
   *
   * @throws NotFoundError
   */
  revoke(caller: Caller, id: string): Promise<RevokedKeys>;

  /**
   * Returns the keys that {@link ApiKeyService.revoke} would end in addition to the key.
   *
   * @throws NotFoundError
   */
  previewRevocation(caller: Caller, id: string): Promise<AlsoRevoked>;
}
