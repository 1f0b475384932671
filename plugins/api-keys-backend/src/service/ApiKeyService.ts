import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  ApiKeyPolicy,
  ApiKeyRotatedBy,
  CreateApiKeyRequest,
} from 'backstage-plugin-api-keys-common';
import { DailyUses, UsesOnDay } from '../database/KeyUses';
import { KeyChanges } from '../database/OwnedKeys';
import {
  KeyEventPage,
  KeyEventPageRequest,
  KeyFilter,
  KeyPage,
  KeyPageRequest,
} from '../database/queries';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { SessionOwnership } from '../lifecycle/ownership';
import { Overlap } from '../lifecycle/transitions';
import { AlsoRevoked } from './AlsoRevokedKeys';
import { RevokedKeys } from './revokeKey';

export type { KeyEventPage };

/** Who calls, and whether with their own hands. */
export type Caller = {
  credentials: BackstageCredentials<BackstageUserPrincipal>;
  userEntityRef: string;
  /** The entity refs whose keys are the caller's. */
  ownershipEntityRefs: string[];
  /** The key that the request carries itself, if it carries one. */
  keyId?: string;
};

/** The user who creates a key, and what the user's session owns. */
export type KeyCreator = Pick<Caller, 'userEntityRef'> & {
  ownership: SessionOwnership;
};

/** Who replaces a key. A key that replaces itself passes on what it owns. */
export type KeyRotator = Pick<Caller, 'userEntityRef'> & {
  ownership: SessionOwnership | 'inherited';
};

export type RotationRequest = {
  /** ISO 8601 duration; as long as the old key was made for if left out. */
  expiresIn?: string;
  overlap?: Overlap;
};

/** A rotation, and who asks for it. */
export type Rotation = RotationRequest & { rotatedBy: ApiKeyRotatedBy };

export type KeyUpdateRequest = Omit<
  KeyChanges,
  'expiresAt' | 'chosenLifetime'
> & {
  expiresAt?: string;
};

/** A new key with its secret. Whoever handles one must not log, store or keep it. */
export type IssuedKey = {
  key: ApiKeyRecord;
  secret: string;
  /** What the session that made it owns and the key does not. */
  missingOwnership: string[];
};

/** What callers can do with their own keys. To everybody else's, every method says that there is no such key. */
export interface ApiKeyService {
  /**
   * The limits that new keys of an owner are held to.
   *
   * @param owner - the caller, who it is if left out, or one of the caller's groups
   * @throws NotAllowedError for anybody else
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
   * What happened to a key, latest first.
   *
   * @throws NotFoundError
   */
  listEvents(
    caller: Caller,
    id: string,
    page: KeyEventPageRequest,
  ): Promise<KeyEventPage>;

  /**
   * What a key was used for on the last days, by day and plugin.
   *
   * @throws NotFoundError
   */
  getUsage(caller: Caller, id: string, days: number): Promise<DailyUses[]>;

  /** How often keys were used on the last days, by key and day; those are left out that the caller does not see. */
  listUsage(
    caller: Caller,
    ids: readonly string[],
    days: number,
  ): Promise<UsesOnDay[]>;

  /**
   * @throws InputError for an expiry or restrictions that the policy does not allow, and for an owner whose keys would not work
   * @throws NotAllowedError for an owner whom the caller may not make keys for
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
   * Makes a successor. The old key works on until the new one is first used, or the overlap ends.
   *
   * @throws NotFoundError
   * @throws InputError for a lifetime that the policy does not allow or, of a key that rotates itself, that nobody chose for it,
   * and for a key that is restricted less than the policy asks
   * @throws ConflictError for a key that is not accepted any more
   */
  rotate(caller: Caller, id: string, request: Rotation): Promise<IssuedKey>;

  /**
   * Restarts the inactivity clock, also of a key that went inactive.
   *
   * @throws NotFoundError
   * @throws ConflictError for a key that is dead, and over the limit of keys
   */
  keepAlive(caller: Caller, id: string): Promise<ApiKeyRecord>;

  /**
   * Ends a key for good, and with it what it made of itself. Doing it again changes nothing.
   *
   * @throws NotFoundError
   */
  revoke(caller: Caller, id: string): Promise<RevokedKeys>;

  /**
   * The keys that {@link ApiKeyService.revoke} would end beside the key.
   *
   * @throws NotFoundError
   */
  previewRevocation(caller: Caller, id: string): Promise<AlsoRevoked>;
}
