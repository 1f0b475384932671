import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiKeyOwnerKind } from 'backstage-plugin-api-keys-common';
import { ApiKeyStore } from '../database/ApiKeyStore';
import { KeyOwner } from '../database/KeyOwner';
import { firstOf } from '../lib/withMore';
import { CatalogOwners } from './CatalogOwners';
import { reasonForDisbelief } from './disbelief';
import { IdentityChecks } from './IdentityChecks';
import { lookAtOwners, OwnerLook } from './lookAtOwners';

/** In a warning: enough to see who it is about. */
const NAMED_MAX = 10;
const named = (refs: readonly string[]) => firstOf(refs, NAMED_MAX);

/** What a look into the catalog says of the owners of one kind. */
type Presence = {
  kind: ApiKeyOwnerKind;
  present: number;
  /** Who is back. */
  returned: string[];
  /** Who was there at the look before. */
  vanished: string[];
  /** Who was not there then, either. */
  missing: string[];
};

/**
 * Finds out which owners of keys have left the catalog. Their keys are refused from then on, also where a user token is
 * still at hand, and accepted again when they are back.
 */
export class OwnerPresence {
  readonly #store: ApiKeyStore;
  readonly #owners: CatalogOwners;
  readonly #checks: IdentityChecks;
  readonly #logger: LoggerService;

  constructor(options: {
    store: ApiKeyStore;
    owners: CatalogOwners;
    checks: IdentityChecks;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#owners = options.owners;
    this.#checks = options.checks;
    this.#logger = options.logger;
  }

  /**
   * Users and groups are judged on their own: they may come from different places.
   *
   * @returns the kinds of owners for which the catalog was believed
   * @throws if the catalog cannot be asked; then nobody is taken for missing who was not before
   */
  async check(): Promise<ApiKeyOwnerKind[]> {
    const looks = await lookAtOwners(this.#store, this.#owners);
    const believed: ApiKeyOwnerKind[] = [];
    for (const look of looks) {
      // First of all: who comes back may be somebody else.
      await this.#checks.check(look);
      if (await this.#judge(toPresence(look))) believed.push(look.kind);
    }
    return believed;
  }

  async #judge(presence: Presence): Promise<boolean> {
    const { kind, present, returned, vanished, missing } = presence;
    const isConcerned = vanished.length + missing.length > 0;
    const reason = reasonForDisbelief({
      // Who is there proves it; and where nobody is missing it does not matter.
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
    await this.#store.saveOwnerPresence(
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

/** Whether somebody without keys is there does not matter, but for one who is taken for missing. */
function toPresence({ kind, present, absent }: OwnerLook): Presence {
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
