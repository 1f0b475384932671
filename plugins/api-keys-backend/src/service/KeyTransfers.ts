import {
  InputError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ownerKindOf,
  TransferApiKeysResult,
} from 'backstage-plugin-api-keys-common';
import { withTimeout } from 'backstage-plugin-api-keys-node/internal';
import { ApiKeysConfig } from '../config';
import { Stores } from '../database/stores';
import { isEverything } from '../database/keyFilter';
import { KeyTransfer } from '../database/OwnerKeysTransaction';
import { KeyFilter, KeyVisibility } from '../database/queries';
import { InterruptedChangeError } from '../lib/InterruptedChangeError';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { KeyPolicy } from '../lifecycle/policy';
import { UNENDED_STATUSES } from '../lifecycle/status';
import { planTransfer, TransferPlan } from '../lifecycle/transfer';
import { CatalogOwners } from '../jobs/offboarding/CatalogOwners';
import { OwnerPolicies } from '../policies/OwnerPolicies';

const KEYS_MAX = 1000;
const CATALOG_TIMEOUT_MS = 10_000;
const REFUSED_MAX = 100;
const EVERYTHING: KeyVisibility = { owners: 'everybody' };
const HIDDEN_FAMILY =
  'The API key was rotated, and you may not see the other key that still works';

/** Keys to transfer, and the group that receives them. */
export type TransferRequest = {
  ids?: readonly string[];
  filter?: KeyFilter;
  /** Entity ref. */
  owner: string;
  dryRun?: boolean;
};

type Outcome = Pick<TransferPlan, 'transferred' | 'refused' | 'activeKeys'>;

/**
 * Transfers keys to a group, which they belong to and act as from then on. Their secrets stay valid, so that their clients keep
 * working. Every holder of a secret then acts as the group, and must never come to act as another person; therefore keys are
 * never transferred to users.
 */
export class KeyTransfers {
  readonly #config: ApiKeysConfig;
  readonly #stores: Pick<Stores, 'keys'>;
  readonly #policies: OwnerPolicies;
  readonly #owners: CatalogOwners;
  readonly #logger: LoggerService;

  constructor(options: {
    config: ApiKeysConfig;
    stores: Pick<Stores, 'keys'>;
    policies: OwnerPolicies;
    owners: CatalogOwners;
    logger: LoggerService;
  }) {
    this.#config = options.config;
    this.#stores = options.stores;
    this.#policies = options.policies;
    this.#owners = options.owners;
    this.#logger = options.logger;
  }

  /**
   * @param scope - the keys that exist for the caller
   * @throws InputError for an owner that cannot receive keys, and for a filter that matches too many keys
   */
  async transfer(
    scope: KeyVisibility,
    request: TransferRequest,
    by: string,
  ): Promise<TransferApiKeysResult> {
    const { owner, dryRun = false } = request;
    await this.#requireGroup(owner);
    const found = await this.#find(scope, request);
    const { movable, refused } = await this.#sort(scope, found, owner);

    // A dry run writes nothing, neither the group's policy nor the preceding transfers.
    const planned = dryRun
      ? { policy: (await this.#policies.effective(owner)).policy }
      : undefined;
    let transferred = 0;
    let activeKeys = 0;
    try {
      for (const [from, ids] of movable) {
        const outcome = await this.#transferFrom(from, ids, {
          owner,
          by,
          planned: planned && { ...planned, activeKeys },
        });
        transferred += outcome.transferred.length;
        activeKeys += outcome.activeKeys;
        refused.push(...outcome.refused);
      }
    } catch (error) {
      if (dryRun || transferred === 0) throw error;
      throw new InterruptedChangeError(
        `Keys that were transferred before: ${transferred}`,
        error,
      );
    }
    return {
      matched: found.length,
      transferred: dryRun ? 0 : transferred,
      refused: refused.slice(0, REFUSED_MAX),
    };
  }

  async #transferFrom(
    from: string,
    keyIds: readonly string[],
    options: {
      owner: string;
      by: string;
      planned?: { policy: KeyPolicy; activeKeys: number };
    },
  ): Promise<Outcome> {
    const { owner: to, by, planned } = options;
    return this.#stores.keys.withTransfer(
      { from, to, keyIds },
      async transfer => {
        const now = Date.now();
        const { policy } =
          planned ?? (await this.#policies.enforce(transfer.to, now));
        const active = await transfer.to.countActive(now);
        const plan = planTransfer(transfer.families, {
          ids: keyIds,
          now,
          active: active + (planned?.activeKeys ?? 0),
          limit: policy.limits.keysPerOwner,
        });
        if (!planned) await this.#apply(transfer, plan, { policy, by, now });
        return plan;
      },
    );
  }

  async #apply(
    transfer: KeyTransfer,
    { familyIds }: TransferPlan,
    options: { policy: KeyPolicy; by: string; now: number },
  ) {
    if (familyIds.length === 0) return;
    const { policy, by, now } = options;
    await transfer.move(familyIds, by, now);
    await this.#policies.reapplyLimits(transfer.to, policy, now);
  }

  async #requireGroup(owner: string) {
    if (ownerKindOf(owner) !== 'group') {
      throw new InputError(
        'owner must be a group: every holder of a secret would otherwise act as another person',
      );
    }
    if (!this.#config.owners.groups) {
      throw new InputError(
        'owner must not be a group: this portal has no keys of groups (apiKeys.owners.groups)',
      );
    }
    const isThere = await withTimeout(
      this.#owners.has(owner),
      CATALOG_TIMEOUT_MS,
    ).catch(error => {
      this.#logger.error('Could not look for a group', toError(error));
      throw new ServiceUnavailableError(
        `${owner} cannot be looked up in the catalog right now, try again shortly`,
      );
    });
    if (!isThere) {
      throw new InputError(`owner must be in the catalog, and ${owner} is not`);
    }
  }

  /**
   * Finds the keys that match a filter and can be transferred, or all keys with the requested ids, to report a result for each.
   */
  async #find(
    scope: KeyVisibility,
    { ids, filter, owner }: TransferRequest,
  ): Promise<ApiKeyRecord[]> {
    if (ids) return this.#stores.keys.findByIds([...new Set(ids)], scope);
    const statuses = UNENDED_STATUSES.filter(
      status => !filter?.statuses || filter.statuses.includes(status),
    );
    const found: ApiKeyRecord[] = [];
    const now = Date.now();
    const all = this.#stores.keys.iterate(scope, { ...filter, statuses }, now);
    for await (const key of all) {
      if (key.owner === owner) continue;
      if (found.length === KEYS_MAX) {
        throw new InputError(
          `filter must fit ${KEYS_MAX} keys at most, and fits more`,
        );
      }
      found.push(key);
    }
    return found;
  }

  /** Splits keys into those that can be transferred, by owner, and those that cannot. */
  async #sort(
    scope: KeyVisibility,
    found: readonly ApiKeyRecord[],
    owner: string,
  ) {
    const movable = new Map<string, string[]>();
    const refused: Outcome['refused'] = [];
    for (const key of found) {
      if (key.owner === owner) {
        const reason = `The API key belongs to ${owner} already`;
        refused.push({ id: key.id, reason });
      } else if (!(await this.#seesFamily(scope, key))) {
        refused.push({ id: key.id, reason: HIDDEN_FAMILY });
      } else {
        const ids = movable.get(key.owner) ?? [];
        movable.set(key.owner, [...ids, key.id]);
      }
    }
    return { movable, refused };
  }

  /** A family is transferred as a whole, which requires that the caller may see all of its keys. */
  async #seesFamily(scope: KeyVisibility, { familyId }: ApiKeyRecord) {
    if (isEverything(scope)) return true;
    const family = { familyId, statuses: UNENDED_STATUSES };
    const now = Date.now();
    const [seen, all] = await Promise.all([
      this.#stores.keys.count(scope, family, now),
      this.#stores.keys.count(EVERYTHING, family, now),
    ]);
    return seen === all;
  }
}
