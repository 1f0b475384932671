import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import { ownerKindOf } from 'backstage-plugin-api-keys-common';
import { OwnershipLookup, withTimeout } from 'backstage-plugin-api-keys-node';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { ownsTheSame, SessionOwnership } from '../lifecycle/ownership';
import { Caller } from './ApiKeyService';
import { notAMember, notInCatalog } from './errors';

const LOOKUP_TIMEOUT_MS = 4000;

/** What a new key would own, or why none can be made. */
export type NewKeyPreview =
  | { ownership: SessionOwnership; refusal?: undefined }
  | { ownership?: undefined; refusal: string };

/** Decides for whom callers may make keys, and finds out what these keys would own. */
export class KeyOwnership {
  readonly #ownershipOf: OwnershipLookup;
  readonly #logger: LoggerService;

  /** @param options - `ownershipOf` asks the catalog, or the resolver of the installation */
  constructor(options: {
    ownershipOf: OwnershipLookup;
    logger: LoggerService;
  }) {
    this.#ownershipOf = options.ownershipOf;
    this.#logger = options.logger;
  }

  /** @throws NotAllowedError for an owner who is neither the caller nor a group of the caller's */
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
   * Backstage's own session remembers groups for as long as its token lives. Whoever has left a group must not walk away
   * with one of its secrets in that time.
   *
   * @throws NotAllowedError for a group that the caller is not in any more
   * @throws ServiceUnavailableError when that cannot be told right now
   */
  async requireMembership({ userEntityRef }: Caller, owner: string) {
    if (owner === userEntityRef) return;
    const refs = await this.#find(userEntityRef);
    if (!refs?.includes(owner)) throw notAMember(owner);
  }

  /**
   * Compares what the caller's session owns with what a new key of an owner would own.
   *
   * @throws InputError for an owner who can have no keys, or whose keys would not work
   * @throws NotAllowedError for an owner whom the caller may not make keys for
   * @throws ServiceUnavailableError when that cannot be told right now
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
   * Returns what {@link KeyOwnership.ofNewKey} would, before a key is made.
   *
   * @throws ServiceUnavailableError when that cannot be told right now
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
   * Compares what the caller's session owns with what the successor of a key would own without a cap.
   *
   * @throws ConflictError for a key whose successor would not work
   * @throws ServiceUnavailableError when that cannot be told right now
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
   * Checks whether the caller's session and a key own the same, so that a policy decides about both alike.
   *
   * @throws ServiceUnavailableError when that cannot be told right now
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
    // Whoever acts for a group passes on what the group owns, and nothing that their session owns besides.
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
