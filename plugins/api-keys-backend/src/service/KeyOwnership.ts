import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import { ownerKindOf } from 'backstage-plugin-api-keys-common';
import {
  OwnershipLookup,
  withTimeout,
} from 'backstage-plugin-api-keys-node/internal';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { ownsTheSame, SessionOwnership } from '../lifecycle/ownership';
import { Caller } from './ApiKeyService';
import { notAMember, notInCatalog } from './errors';

const LOOKUP_TIMEOUT_MS = 4000;

/** Ownership of a new key, or the reason why none can be created. */
export type NewKeyPreview =
  | { ownership: SessionOwnership; refusal?: undefined }
  | { ownership?: undefined; refusal: string };

/** Decides for which owners callers may create keys, and resolves the ownership of these keys. */
export class KeyOwnership {
  readonly #ownershipOf: OwnershipLookup;
  readonly #logger: LoggerService;

  /** @param options - `ownershipOf` asks the catalog, or the installation's own resolver */
  constructor(options: {
    ownershipOf: OwnershipLookup;
    logger: LoggerService;
  }) {
    this.#ownershipOf = options.ownershipOf;
    this.#logger = options.logger;
  }

  /** @throws NotAllowedError for an owner who is neither the caller nor one of the caller's groups */
  requireOwner({ userEntityRef, ownershipEntityRefs }: Caller, owner: string) {
    if (owner === userEntityRef) return;
    if (
      ownerKindOf(owner) !== 'group' ||
      !ownershipEntityRefs.includes(owner)
    ) {
      throw notAMember(owner);
    }
  }

  /**
   * Backstage's session keeps groups for as long as its token is valid. In that time, a user who has left a group must not obtain
   * one of its secrets.
   *
   * @throws NotAllowedError for a group that the caller is not in any more
   * @throws ServiceUnavailableError if the membership cannot be resolved right now
   */
  async requireMembership({ userEntityRef }: Caller, owner: string) {
    if (owner === userEntityRef) return;
    const refs = await this.#find(userEntityRef);
    if (!refs?.includes(owner)) throw notAMember(owner);
  }

  /**
   * Compares the ownership of the caller's session with that of a new key for an owner.
   *
   * @throws InputError for an owner who can have no keys, or whose keys would not work
   * @throws NotAllowedError for an owner for which the caller may not create keys
   * @throws ServiceUnavailableError if the ownership cannot be resolved right now
   */
  async ofNewKey(caller: Caller, owner: string): Promise<SessionOwnership> {
    this.requireOwner(caller, owner);
    if (!ownerKindOf(owner)) {
      throw new InputError(
        `owner must be a user or a group, and ${owner} is neither`,
      );
    }
    await this.requireMembership(caller, owner);
    const ownership = await this.#compare(caller, owner);
    if (!ownership) throw new InputError(notInCatalog(owner));
    return ownership;
  }

  /**
   * Returns the result of {@link KeyOwnership.ofNewKey} before a key is created.
   *
   * @throws ServiceUnavailableError if the ownership cannot be resolved right now
   */
  async previewNewKey(caller: Caller, owner: string): Promise<NewKeyPreview> {
    try {
      return { ownership: await this.ofNewKey(caller, owner) };
    } catch (error) {
      const isRefusal =
        error instanceof InputError || error instanceof NotAllowedError;
      if (!isRefusal) throw error;
      return { refusal: error.message };
    }
  }

  /**
   * Compares the ownership of the caller's session with that of a key's successor without a cap.
   *
   * @throws ConflictError for a key whose successor would not work
   * @throws ServiceUnavailableError if the ownership cannot be resolved right now
   */
  async ofSuccessor(
    caller: Caller,
    { subject }: ApiKeyRecord,
  ): Promise<SessionOwnership> {
    const ownership = await this.#compare(caller, subject);
    if (!ownership) throw new ConflictError(notInCatalog(subject));
    return ownership;
  }

  /**
   * Checks whether the caller's session and a key have equal ownership, so that a policy decides about both alike.
   *
   * @throws ServiceUnavailableError if the ownership cannot be resolved right now
   */
  async isSame(
    caller: Caller,
    {
      subject,
      ownershipCap,
    }: Pick<ApiKeyRecord, 'subject'> & {
      ownershipCap?: readonly string[];
    },
  ): Promise<boolean> {
    const ownership = await this.#compare(caller, subject);
    return ownership !== undefined && ownsTheSame(ownership, ownershipCap);
  }

  async #compare(
    { ownershipEntityRefs }: Caller,
    subject: string,
  ): Promise<SessionOwnership | undefined> {
    const refs = await this.#find(subject);
    if (!refs) return undefined;
    if (ownerKindOf(subject) !== 'group')
      return { session: ownershipEntityRefs, subject: refs };
    // A user who acts for a group passes on the ownership of the group only, not that of the session.
    const actsForGroup = ownershipEntityRefs.includes(subject);
    return { session: actsForGroup ? refs : [], subject: refs };
  }

  async #find(ref: string): Promise<string[] | undefined> {
    try {
      return await withTimeout(this.#ownershipOf(ref), LOOKUP_TIMEOUT_MS);
    } catch (error) {
      this.#logger.error(`Could not find out what ${ref} owns`, toError(error));
      throw new ServiceUnavailableError(
        `What ${ref} owns cannot be told right now, try again shortly`,
      );
    }
  }
}
