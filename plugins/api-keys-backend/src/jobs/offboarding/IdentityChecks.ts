import { LoggerService } from '@backstage/backend-plugin-api';
import { Audit } from '../../observability/audit/Audit';
import { Stores } from '../../database/stores';
import { KeyOwner, OwnerIdentityChange } from '../../lifecycle/KeyOwner';
import { OwnerKeysTransaction } from '../../database/OwnerKeysTransaction';
import { truncateList } from '../../lib/joinWithOverflow';
import {
  compareIdentities,
  isSameIdentity,
  mergeIdentities,
} from '../../lifecycle/ownerIdentity';
import { CatalogOwners } from './CatalogOwners';
import {
  IdentityVerdict,
  JudgedOwner,
  judgeIdentities,
} from './judgeIdentities';
import { OwnerSnapshot } from './checkOwnersInCatalog';

/**
 * Checks whether the owners of keys are still the same people, and otherwise ends their keys or asks for confirmation.
 *
 * Several checks may run at the same time on several replicas, some with outdated answers of the catalog. Each change is made
 * only if the stored owner is unchanged since the catalog was asked.
 */
export class IdentityChecks {
  readonly #stores: Pick<Stores, 'keys' | 'owners'>;
  readonly #owners: CatalogOwners;
  readonly #audit: Audit;
  readonly #logger: LoggerService;
  readonly #annotations: readonly string[];

  /** @param options - `identityAnnotations` hold ids of identity providers */
  constructor(options: {
    stores: Pick<Stores, 'keys' | 'owners'>;
    owners: CatalogOwners;
    audit: Audit;
    logger: LoggerService;
    identityAnnotations: readonly string[];
  }) {
    this.#stores = options.stores;
    this.#owners = options.owners;
    this.#audit = options.audit;
    this.#logger = options.logger;
    this.#annotations = options.identityAnnotations;
  }

  /**
   * Applies the result of a lookup in the catalog.
   *
   * @throws if it could not be applied to one of the owners; it was to the others
   */
  async check({ kind, present }: OwnerSnapshot): Promise<void> {
    const { judged, isMassOfIds, isMassOfEntities } = judgeIdentities(present, {
      annotations: this.#annotations,
      look: await this.#stores.owners.findCatalogCheck(kind),
      now: Date.now(),
    });
    if (isMassOfEntities) {
      await this.#stores.owners.saveMassChange(kind, Date.now());
      this.#logger.warn(
        `Most ${kind}s who own API keys are new entities in the catalog, all at once: they are taken for the same ${kind}s as before, since none has another id of an identity provider`,
      );
    }
    const changed = judged.filter(({ verdict }) => verdict !== 'known');
    if (isMassOfIds) this.#warnOfIds(kind, changed);
    const failures: unknown[] = [];
    for (const one of changed) {
      await this.#apply(one).catch(error => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  async #apply(judged: JudgedOwner): Promise<void> {
    const { owner, seen, verdict } = judged;
    const { ref, identity } = owner;
    const merged = mergeIdentities(identity, seen);
    switch (verdict) {
      case 'known':
        break;
      case 'learnt':
        await this.#stores.owners.learnIdentity(ref, identity, merged);
        break;
      case 'settled':
        await this.#change(owner, { type: 'learned', identity: merged });
        break;
      case 'unconfirmed':
        await this.#change(owner, { type: 'unconfirmed' });
        break;
      case 'replaced':
        // Ending keys cannot be undone, so the catalog is asked again.
        if (await this.#isReplaced(owner)) {
          await this.#change(owner, { type: 'replaced', identity: seen });
        }
        break;
      default:
        throw new Error(`Unknown verdict: ${verdict satisfies never}`);
    }
  }

  async #isReplaced({ ref, identity }: KeyOwner): Promise<boolean> {
    const seen = await this.#owners.find(ref);
    return (
      seen !== undefined &&
      compareIdentities(identity, seen, this.#annotations) === 'other-id'
    );
  }

  async #change(known: KeyOwner, change: OwnerIdentityChange): Promise<void> {
    const concernedKeys = await this.#stores.keys.withOwnerLock(
      known.ref,
      async keys =>
        isUnchanged(known, keys)
          ? keys.changeIdentity(change, Date.now())
          : undefined,
    );
    if (concernedKeys === undefined || change.type === 'learned') return;
    this.#recordChange(known.ref, change.type, concernedKeys);
  }

  #recordChange(
    owner: string,
    type: Exclude<OwnerIdentityChange['type'], 'learned'>,
    concernedKeys: number,
  ) {
    this.#logger.warn(
      type === 'replaced'
        ? `Revoked ${concernedKeys} API keys of ${owner}: the identity provider has somebody else under this name now`
        : `${concernedKeys} API keys of ${owner} are refused until ${owner} or an administrator has confirmed them: the owner was away from the catalog and is a new entity there`,
    );
    this.#audit.record({
      eventId: `owner-${type}`,
      severityLevel: 'high',
      meta: { owner, concernedKeys },
    });
  }

  #warnOfIds(kind: string, changed: readonly JudgedOwner[]) {
    const concerned: IdentityVerdict = 'unconfirmed';
    const refs = changed
      .filter(({ verdict }) => verdict === concerned)
      .map(({ owner }) => owner.ref);
    this.#logger.warn(
      `Most ${kind}s who own API keys have another id of the identity provider, all at once (${truncateList(
        refs,
      )}): their API keys are refused until they are confirmed. Check what brings ${kind}s into the catalog`,
    );
  }
}

/** Returns true if the stored owner has not changed since it was read. */
function isUnchanged(
  known: KeyOwner,
  { owner }: OwnerKeysTransaction,
): boolean {
  return (
    isSameIdentity(known.identity, owner.identity) &&
    known.unconfirmedSince === owner.unconfirmedSince
  );
}
