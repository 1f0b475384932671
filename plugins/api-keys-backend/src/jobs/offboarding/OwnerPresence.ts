import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiKeyOwnerKind } from 'backstage-plugin-api-keys-common';
import { Stores } from '../../database/stores';
import { KeyOwner } from '../../lifecycle/KeyOwner';
import { truncateList } from '../../lib/joinWithOverflow';
import { CatalogOwners } from './CatalogOwners';
import { findImplausibility } from './catalogSanityCheck';
import { IdentityChecks } from './IdentityChecks';
import { checkOwnersInCatalog, OwnerSnapshot } from './checkOwnersInCatalog';

/** Limits the names in a warning to a readable number. */
const NAMED_MAX = 10;
const named = (refs: readonly string[]) => truncateList(refs, NAMED_MAX);

/** Presence of the owners of one kind in the catalog. */
type Presence = {
  kind: ApiKeyOwnerKind;
  present: number;
  /** Owners who are back. */
  returned: string[];
  /** Owners who were present at the previous lookup. */
  vanished: string[];
  /** Owners who were already missing at the previous lookup. */
  missing: string[];
};

/**
 * Detects which owners of keys have left the catalog. Their keys are refused from then on, even while a user token is still
 * valid, and accepted again when the owner is back.
 */
export class OwnerPresence {
  readonly #stores: Pick<Stores, 'owners'>;
  readonly #owners: CatalogOwners;
  readonly #checks: IdentityChecks;
  readonly #logger: LoggerService;

  constructor(options: {
    stores: Pick<Stores, 'owners'>;
    owners: CatalogOwners;
    checks: IdentityChecks;
    logger: LoggerService;
  }) {
    this.#stores = options.stores;
    this.#owners = options.owners;
    this.#checks = options.checks;
    this.#logger = options.logger;
  }

  /**
   * Checks users and groups separately, since they may come from different providers.
   *
   * @returns the kinds of owners for which the catalog was plausible
   * @throws if the catalog is unavailable; then no further owner is marked as missing
   */
  async check(): Promise<ApiKeyOwnerKind[]> {
    const snapshots = await checkOwnersInCatalog(this.#stores, this.#owners);
    const believed: ApiKeyOwnerKind[] = [];
    for (const snapshot of snapshots) {
      // Comes first: a returned owner may be another person.
      await this.#checks.check(snapshot);
      if (await this.#judge(toPresence(snapshot))) believed.push(snapshot.kind);
    }
    return believed;
  }

  async #judge(presence: Presence): Promise<boolean> {
    const { kind, present, returned, vanished, missing } = presence;
    const isConcerned = vanished.length + missing.length > 0;
    const reason = findImplausibility({
      // Needs a request only if all owners are gone: a present owner proves it, and it does not matter if none is missing.
      hasAny: !isConcerned || present > 0 || (await this.#owners.hasAny(kind)),
      present,
      vanished: vanished.length,
    });
    if (reason) this.#warn(presence, reason);
    if (!reason && vanished.length > 0) {
      this.#logger.info(
        `No longer in the catalog: ${named(
          vanished,
        )}; their API keys are refused`,
      );
    }
    await this.#stores.owners.savePresence(
      { kind, returned, vanished: reason ? [] : vanished, believed: !reason },
      Date.now(),
    );
    return !reason;
  }

  #warn({ kind, vanished }: Presence, reason: string) {
    const who =
      vanished.length > 0 ? ` (${named(vanished)} would be missing)` : '';
    this.#logger.warn(
      `The catalog is not believed as to which ${kind}s there are: ${reason}. No owner of API keys is taken for missing, and none is offboarded${who}. Check what brings ${kind}s into the catalog; if they have left indeed, revoke their API keys or transfer them to a group`,
    );
  }
}

/** Counts only owners with keys and owners marked as missing: the presence of others does not matter. */
function toPresence({ kind, present, absent }: OwnerSnapshot): Presence {
  const isMissing = ({ missingSince }: KeyOwner) => missingSince !== undefined;
  const refs = (owners: readonly KeyOwner[]) => owners.map(({ ref }) => ref);
  const there = present.map(({ owner }) => owner);
  return {
    kind,
    present: there.filter(owner => owner.hasKeys || isMissing(owner)).length,
    returned: refs(there.filter(isMissing)),
    vanished: refs(absent.filter(owner => owner.hasKeys && !isMissing(owner))),
    missing: refs(absent.filter(isMissing)),
  };
}
