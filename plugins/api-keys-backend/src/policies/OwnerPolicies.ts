import { Audit } from '../audit/Audit';
import { ApiKeyStore } from '../database/ApiKeyStore';
import { KeyOwner, StoredOverride } from '../database/KeyOwner';
import { OwnedKeys } from '../database/OwnedKeys';
import { InterruptedChangeError } from '../lib/InterruptedChangeError';
import { boundsOf, lifeWithin, PolicyBounds } from '../lifecycle/bounds';
import {
  EffectivePolicy,
  KeyPolicy,
  OwnerOverride,
  PolicyOverride,
  resolvePolicy,
} from '../lifecycle/policy';

const PAGE_SIZE = 1000;

/**
 * What the keys of each owner are held to: the configuration, and what admins set for a user or a group instead.
 *
 * A stricter policy holds for keys that exist, too. They are brought under it when it changes (in the database, so that
 * lists and counts agree with verification), and get back what they were made with once it is loosened.
 */
export class OwnerPolicies {
  /** What holds where nothing else was set. */
  readonly configured: KeyPolicy;
  readonly #store: ApiKeyStore;
  readonly #audit: Audit;

  constructor(options: {
    configured: KeyPolicy;
    store: ApiKeyStore;
    audit: Audit;
  }) {
    this.configured = options.configured;
    this.#store = options.store;
    this.#audit = options.audit;
  }

  /** @param memberOf - the owner's groups; those that it was seen to be in last, if left out */
  async effective(
    owner: string,
    memberOf?: readonly string[],
  ): Promise<EffectivePolicy> {
    const groups =
      memberOf ?? (await this.#store.findOwner(owner))?.memberOf ?? [];
    const overrides = await this.#store.findOverrides([owner, ...groups]);
    return resolvePolicy(this.configured, owner, overrides);
  }

  /**
   * The policy of an owner, with the owner's keys brought under it, and how many that changed.
   *
   * @param memberOf - the owner's groups, if they are known anew
   */
  async enforce(
    keys: OwnedKeys,
    now: number,
    memberOf: readonly string[] = keys.owner.memberOf,
  ): Promise<{
    policy: KeyPolicy;
    bounds: PolicyBounds;
    changedKeys: number;
  }> {
    const { owner } = keys;
    const overrides = await keys.findOverrides([owner.ref, ...memberOf]);
    const { policy } = resolvePolicy(this.configured, owner.ref, overrides);
    const bounds = boundsOf(policy, this.configured);
    const areUnderPolicy = isSame(bounds, owner.bounds);
    const changedKeys = areUnderPolicy
      ? 0
      : await bringUnder(keys, bounds, now);
    if (!areUnderPolicy || !isSame(memberOf, owner.memberOf)) {
      await keys.saveOwner({ memberOf, bounds });
    }
    return { policy, bounds, changedKeys };
  }

  /**
   * Brings keys that an owner was just given under a policy, too.
   *
   * @param policy - the owner's
   */
  async enforceAnew(
    keys: OwnedKeys,
    policy: KeyPolicy,
    now: number,
  ): Promise<void> {
    await bringUnder(keys, boundsOf(policy, this.configured), now);
  }

  /** Learns which groups an owner is in by now. */
  async noteMembership(
    owner: string,
    memberOf: readonly string[],
  ): Promise<void> {
    const known = await this.#store.findOwner(owner);
    if (known?.bounds && isSame(memberOf, known.memberOf)) return;
    await this.#enforceFor(owner, memberOf);
  }

  /** Brings everybody's keys under today's policy. Only touches those whose policy is another one than last time. */
  async enforceForAll(): Promise<void> {
    const overrides = await this.#store.findOverrides();
    let page: KeyOwner[] = [];
    do {
      page = await this.#store.listOwners({
        after: page.at(-1)?.ref,
        limit: PAGE_SIZE,
      });
      for (const owner of page) {
        if (this.#isUnderPolicy(owner, overrides)) continue;
        await this.#enforceFor(owner.ref);
      }
    } while (page.length === PAGE_SIZE);
  }

  /** The groups that an owner was seen to be in last; undefined for an owner of whom no key was made yet. */
  async findMembership(owner: string): Promise<readonly string[] | undefined> {
    const known = await this.#store.findOwner(owner);
    return known?.bounds && known.memberOf;
  }

  /** All that were set, by owner. */
  async listOverrides(): Promise<StoredOverride[]> {
    return this.#store.findOverrides();
  }

  async findOverride(owner: string): Promise<StoredOverride | undefined> {
    const [override] = await this.#store.findOverrides([owner]);
    return override;
  }

  async set(
    owner: string,
    override: PolicyOverride,
    updatedBy: string,
  ): Promise<void> {
    const updatedAt = Date.now();
    await this.#store.saveOverride({ owner, override, updatedAt, updatedBy });
    await this.#enforceChanged();
  }

  async remove(owner: string): Promise<void> {
    await this.#store.deleteOverride(owner);
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
    const { changedKeys } = await this.#store.withKeysOf(owner, keys =>
      this.enforce(keys, Date.now(), memberOf),
    );
    if (changedKeys === 0) return;
    this.#audit.tell({
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

/** @returns how many keys that changed */
async function bringUnder(
  keys: OwnedKeys,
  bounds: PolicyBounds,
  now: number,
): Promise<number> {
  let changed = 0;
  for (const key of await keys.unrevoked()) {
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

/** Both are made the same way, and are as they come back from the database. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
