import { Audit } from '../observability/audit/Audit';
import { Stores } from '../database/stores';
import { KeyOwner, StoredOverride } from '../lifecycle/KeyOwner';
import { OwnerKeysTransaction } from '../database/OwnerKeysTransaction';
import { InterruptedChangeError } from '../lib/InterruptedChangeError';
import { boundsOf, lifeWithin, EnforcedLimits } from '../lifecycle/limits';
import {
  EffectivePolicy,
  KeyPolicy,
  OwnerOverride,
  PolicyOverride,
  resolvePolicy,
} from '../lifecycle/policy';

const PAGE_SIZE = 1000;

/**
 * Limits on the keys of each owner: the configuration, and the overrides that admins set for a user or a group.
 *
 * A stricter policy applies to existing keys as well. Their stored values change with the policy, so that lists and counts agree
 * with verification, and the requested values are restored once it is loosened.
 */
export class OwnerPolicies {
  /** The policy without overrides. */
  readonly configured: KeyPolicy;
  readonly #stores: Pick<Stores, 'keys' | 'owners' | 'policies'>;
  readonly #audit: Audit;

  constructor(options: {
    configured: KeyPolicy;
    stores: Pick<Stores, 'keys' | 'owners' | 'policies'>;
    audit: Audit;
  }) {
    this.configured = options.configured;
    this.#stores = options.stores;
    this.#audit = options.audit;
  }

  /** @param memberOf - the owner's groups; by default, those that were seen last */
  async effective(
    owner: string,
    memberOf?: readonly string[],
  ): Promise<EffectivePolicy> {
    const groups =
      memberOf ?? (await this.#stores.owners.find(owner))?.memberOf ?? [];
    const overrides = await this.#stores.policies.find([owner, ...groups]);
    return resolvePolicy(this.configured, owner, overrides);
  }

  /**
   * Applies the policy of an owner to the owner's keys, and returns it with the number of changed keys.
   *
   * @param memberOf - the owner's groups, if they were just looked up
   */
  async enforce(
    keys: OwnerKeysTransaction,
    now: number,
    memberOf: readonly string[] = keys.owner.memberOf,
  ): Promise<{
    policy: KeyPolicy;
    bounds: EnforcedLimits;
    changedKeys: number;
  }> {
    const { owner } = keys;
    const overrides = await keys.findOverrides([owner.ref, ...memberOf]);
    const { policy } = resolvePolicy(this.configured, owner.ref, overrides);
    const bounds = boundsOf(policy, this.configured);
    const areUnderPolicy = isSame(bounds, owner.bounds);
    const changedKeys = areUnderPolicy
      ? 0
      : await applyLimits(keys, bounds, now);
    if (!areUnderPolicy || !isSame(memberOf, owner.memberOf)) {
      await keys.saveOwner({ memberOf, bounds });
    }
    return { policy, bounds, changedKeys };
  }

  /**
   * Applies a policy to keys that an owner has just received.
   *
   * @param policy - the owner's
   */
  async reapplyLimits(
    keys: OwnerKeysTransaction,
    policy: KeyPolicy,
    now: number,
  ): Promise<void> {
    await applyLimits(keys, boundsOf(policy, this.configured), now);
  }

  /** Saves the groups that an owner is in now. */
  async updateMembership(
    owner: string,
    memberOf: readonly string[],
  ): Promise<void> {
    const known = await this.#stores.owners.find(owner);
    if (known?.bounds && isSame(memberOf, known.memberOf)) return;
    await this.#enforceFor(owner, memberOf);
  }

  /** Applies today's policies to the keys of all owners whose policy has changed since the last time. */
  async enforceForAll(): Promise<void> {
    const overrides = await this.#stores.policies.find();
    let page: KeyOwner[] = [];
    do {
      page = await this.#stores.owners.list({
        after: page.at(-1)?.ref,
        limit: PAGE_SIZE,
      });
      for (const owner of page) {
        if (this.#isUnderPolicy(owner, overrides)) continue;
        await this.#enforceFor(owner.ref);
      }
    } while (page.length === PAGE_SIZE);
  }

  /** Returns the owner's groups, as seen last; undefined for an owner who has never had a key. */
  async findMembership(owner: string): Promise<readonly string[] | undefined> {
    const known = await this.#stores.owners.find(owner);
    return known?.bounds && known.memberOf;
  }

  /** Returns all overrides, by owner. */
  async listOverrides(): Promise<StoredOverride[]> {
    return this.#stores.policies.find();
  }

  async findOverride(owner: string): Promise<StoredOverride | undefined> {
    const [override] = await this.#stores.policies.find([owner]);
    return override;
  }

  async set(
    owner: string,
    override: PolicyOverride,
    updatedBy: string,
  ): Promise<void> {
    const updatedAt = Date.now();
    await this.#stores.policies.save({ owner, override, updatedAt, updatedBy });
    await this.#enforceChanged();
  }

  async remove(owner: string): Promise<void> {
    await this.#stores.policies.delete(owner);
    await this.#enforceChanged();
  }

  async #enforceChanged() {
    await this.enforceForAll().catch(error => {
      throw new InterruptedChangeError(
        'The policy is changed, and keys that are not under it yet will be within the hour',
        error,
      );
    });
  }

  async #enforceFor(owner: string, memberOf?: readonly string[]) {
    const { changedKeys } = await this.#stores.keys.withOwnerLock(owner, keys =>
      this.enforce(keys, Date.now(), memberOf),
    );
    if (changedKeys === 0) return;
    this.#audit.record({
      eventId: 'policy-apply',
      severityLevel: 'medium',
      meta: { owner, changedKeys },
    });
  }

  #isUnderPolicy(
    { ref, memberOf, bounds }: KeyOwner,
    overrides: readonly OwnerOverride[],
  ): boolean {
    const relevant = overrides.filter(
      ({ owner }) => owner === ref || memberOf.includes(owner),
    );
    const { policy } = resolvePolicy(this.configured, ref, relevant);
    return isSame(boundsOf(policy, this.configured), bounds);
  }
}

/** @returns the number of changed keys */
async function applyLimits(
  keys: OwnerKeysTransaction,
  bounds: EnforcedLimits,
  now: number,
): Promise<number> {
  let changed = 0;
  for (const key of await keys.findUnrevoked()) {
    const { expiresAt, inactivityTimeout } = lifeWithin(bounds, key);
    const { forbiddenPlugins } = bounds;
    const isUnderPolicy =
      expiresAt === key.expiresAt &&
      inactivityTimeout === key.inactivityTimeout &&
      isSame(forbiddenPlugins, key.forbiddenPlugins);
    if (isUnderPolicy) continue;
    const allowed = { expiresAt, inactivityTimeout, forbiddenPlugins };
    await keys.applyPolicy(key, allowed, now);
    changed += 1;
  }
  return changed;
}

/** Compares texts: both values are built the same way, and are as the database returns them. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
