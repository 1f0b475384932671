import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import { Stores } from '../../database/stores';
import { KeyOwner, OwnerIdentityChange } from '../../lifecycle/KeyOwner';
import { OwnerKeysTransaction } from '../../database/OwnerKeysTransaction';
import {
  compareIdentities,
  isSameIdentity,
  mergeIdentities,
  OwnerIdentity,
} from '../../lifecycle/ownerIdentity';
import { CatalogOwners } from './CatalogOwners';
import { IdentityChecks } from './IdentityChecks';
import { checkOwnersInCatalog } from './checkOwnersInCatalog';

/** A lookup that began before the catalog changed may need to be repeated. */
const LOOKS_MAX = 2;

/** Looks up the current identity of owners, before they get a secret or a user token. */
export class OwnerIdentities {
  readonly #stores: Pick<Stores, 'keys' | 'owners'>;
  readonly #owners: CatalogOwners;
  readonly #checks: IdentityChecks;
  readonly #logger: LoggerService;
  readonly #annotations: readonly string[];
  #look: Promise<void> | undefined;

  /** @param options - `identityAnnotations` hold ids of identity providers */
  constructor(options: {
    stores: Pick<Stores, 'keys' | 'owners'>;
    owners: CatalogOwners;
    checks: IdentityChecks;
    logger: LoggerService;
    identityAnnotations: readonly string[];
  }) {
    this.#stores = options.stores;
    this.#owners = options.owners;
    this.#checks = options.checks;
    this.#logger = options.logger;
    this.#annotations = options.identityAnnotations;
  }

  /**
   * Returns the identity of an owner. If it is another one than before, first applies the result of a lookup of all owners,
   * since only all of them show whether the owner was replaced or the catalog changed.
   *
   * @returns undefined for an owner without an entity in the catalog
   * @throws ServiceUnavailableError if the catalog or the database is unavailable, or the identity keeps changing
   */
  async lookUp(ref: string): Promise<OwnerIdentity | undefined> {
    try {
      for (let looks = 0; looks <= LOOKS_MAX; looks++) {
        if (looks > 0) await this.#lookAtAll();
        const known = await this.#stores.owners.find(ref);
        const seen = await this.#owners.find(ref);
        if (!seen || known?.unconfirmedSince || this.#isSame(known, seen)) {
          return seen;
        }
      }
    } catch (error) {
      this.#logger.error(`Could not find out who ${ref} is`, toError(error));
    }
    throw cannotTell(ref);
  }

  /**
   * Binds new keys to a known identity, which must be that of the owner's earlier keys.
   *
   * @param seen - identity that {@link OwnerIdentities.lookUp} returned
   * @throws ConflictError for an owner who has to be confirmed
   * @throws ServiceUnavailableError if the identity changed meanwhile
   */
  async bind(
    keys: OwnerKeysTransaction,
    seen: OwnerIdentity | undefined,
  ): Promise<void> {
    const { ref, identity, unconfirmedSince } = keys.owner;
    if (unconfirmedSince !== undefined) {
      throw new ConflictError(
        `${ref} was away from the catalog and has to be confirmed: say first whether the API keys of ${ref} that exist are still yours`,
      );
    }
    if (!seen) return;
    if (!this.#isSame(keys.owner, seen)) throw cannotTell(ref);
    const merged = mergeIdentities(identity, seen);
    if (isSameIdentity(identity, merged)) return;
    await keys.changeIdentity(
      { type: 'learned', identity: merged },
      Date.now(),
    );
  }

  /**
   * Records whether an owner who has to be confirmed is the same person as before. If not, the keys end.
   *
   * @param answer - `by` is the entity ref of the user who answers
   * @returns the number of affected keys
   * @throws ConflictError for an owner with nothing to confirm, or without an entity in the catalog
   * @throws ServiceUnavailableError if the catalog is unavailable
   */
  async confirm(
    ref: string,
    { same, by }: { same: boolean; by: string },
  ): Promise<number> {
    const known = await this.#stores.owners.find(ref);
    if (known?.unconfirmedSince === undefined) throw nothingToConfirm(ref);
    const seen = await this.#owners.find(ref).catch(error => {
      this.#logger.error(`Could not find out who ${ref} is`, toError(error));
      throw cannotTell(ref);
    });
    if (!seen) throw new ConflictError(`${ref} is not in the catalog`);
    return this.#stores.keys.withOwnerLock(ref, async keys => {
      const { identity, unconfirmedSince } = keys.owner;
      if (unconfirmedSince === undefined) throw nothingToConfirm(ref);
      const change: OwnerIdentityChange = same
        ? { type: 'confirmed', identity: mergeIdentities(identity, seen), by }
        : { type: 'replaced', identity: seen, by };
      return keys.changeIdentity(change, Date.now());
    });
  }

  #isSame(
    known: Pick<KeyOwner, 'identity'> | undefined,
    seen: OwnerIdentity,
  ): boolean {
    const comparison = compareIdentities(
      known?.identity,
      seen,
      this.#annotations,
    );
    return comparison === 'same-id' || comparison === 'same-entity';
  }

  async #lookAtAll(): Promise<void> {
    this.#look ??= this.#check().finally(() => {
      this.#look = undefined;
    });
    await this.#look;
  }

  async #check() {
    const snapshots = await checkOwnersInCatalog(this.#stores, this.#owners);
    for (const snapshot of snapshots) await this.#checks.check(snapshot);
  }
}

function nothingToConfirm(ref: string) {
  return new ConflictError(`There is nothing to confirm of ${ref}`);
}

function cannotTell(ref: string) {
  return new ServiceUnavailableError(
    `Who ${ref} is cannot be told right now, try again shortly`,
  );
}
