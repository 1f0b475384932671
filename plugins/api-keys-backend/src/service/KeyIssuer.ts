import { randomUUID } from 'node:crypto';
import { CreateApiKeyRequest } from 'backstage-plugin-api-keys-common';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { ApiKeysConfig } from '../config';
import { Stores } from '../database/stores';
import { OwnerKeysTransaction } from '../database/OwnerKeysTransaction';
import { pick } from '../lib/pick';
import {
  ApiKeyRecord,
  fieldsWith,
  NewKeyFields,
} from '../lifecycle/ApiKeyRecord';
import { resolveSuccessorLife } from '../lifecycle/chosenLifetime';
import { resolveExpiry } from '../lifecycle/expiry';
import {
  resolveInactivityTimeout,
  successorInactivityTimeout,
} from '../lifecycle/inactivity';
import { EnforcedLimits } from '../lifecycle/limits';
import { KeyPolicy } from '../lifecycle/policy';
import {
  requirePolicyOfRestrictions,
  requirePolicyOfSuccessor,
} from '../lifecycle/restrictions';
import { planRotation } from '../lifecycle/transitions';
import { SecretDigests } from '../verification/SecretDigests';
import { IssuedKey, KeyCreator, KeyRotator, Rotation } from './ApiKeyService';
import { noLongerAccepted, noSuchKey } from './errors';
import { assertKeyLimit } from './keyLimit';
import { OwnerIdentities } from '../jobs/offboarding/OwnerIdentities';
import { OwnerPolicies } from '../policies/OwnerPolicies';
import {
  groupsOf,
  missingOwnership,
  resolveOwnershipCap,
} from '../lifecycle/ownership';

const REQUESTED_FIELDS = fieldsWith('requested');
const INHERITED_FIELDS = fieldsWith('inherited');

/** Issues keys under today's policy. No other code generates secrets. */
export class KeyIssuer {
  readonly #config: ApiKeysConfig;
  readonly #stores: Pick<Stores, 'keys'>;
  readonly #digests: SecretDigests;
  readonly #policies: OwnerPolicies;
  readonly #identities: OwnerIdentities;

  constructor(options: {
    config: ApiKeysConfig;
    stores: Pick<Stores, 'keys'>;
    digests: SecretDigests;
    policies: OwnerPolicies;
    identities: OwnerIdentities;
  }) {
    this.#config = options.config;
    this.#stores = options.stores;
    this.#digests = options.digests;
    this.#policies = options.policies;
    this.#identities = options.identities;
  }

  async create(
    owner: string,
    request: CreateApiKeyRequest,
    creator: KeyCreator,
  ): Promise<IssuedKey> {
    const identity = await this.#identities.lookUp(owner);
    return this.#stores.keys.withOwnerLock(owner, async keys => {
      await this.#identities.bind(keys, identity);
      const now = Date.now();
      const id = randomUUID();
      const { policy, bounds } = await this.#policyFor(keys, creator, now);
      requirePolicyOfRestrictions(
        policy.restrictions,
        request.accessRestrictions,
      );
      await assertKeyLimit(keys, policy, now);
      const fields = {
        ...pick(request, REQUESTED_FIELDS),
        id,
        owner,
        subject: owner,
        createdBy: creator.userEntityRef,
        createdAt: now,
        ...resolveExpiry(policy.lifetime, request, now),
        inactivityTimeout: resolveInactivityTimeout(
          policy.inactivity,
          request.inactivityTimeout,
          this.#config.lastUsed.resolution,
        ),
        familyId: id,
        forbiddenPlugins: bounds.forbiddenPlugins,
      };
      return this.#issue(keys, fields, creator.ownership);
    });
  }

  async rotate(
    { id, owner, familyId }: ApiKeyRecord,
    { rotatedBy, ...request }: Rotation,
    rotator: KeyRotator,
  ): Promise<IssuedKey> {
    const by = rotator.userEntityRef;
    const identity = await this.#identities.lookUp(owner);
    return this.#stores.keys.withOwnerLock(owner, async keys => {
      await this.#identities.bind(keys, identity);
      const now = Date.now();
      const { policy, bounds } = await this.#policyFor(keys, rotator, now);
      const family = await keys.family(familyId);
      const successorId = randomUUID();
      const transitions = planRotation(family, id, now, {
        by,
        successorId,
        overlap: request.overlap ?? 'until-first-use',
        maxOverlap: this.#config.rotation.maxOverlap,
      });
      const key = family.find(member => member.id === id);
      if (!key) throw noSuchKey(id);
      if (!transitions) throw noLongerAccepted(key, now, 'rotated');
      requirePolicyOfSuccessor(policy.restrictions, key.accessRestrictions);

      const activeBefore = await keys.countActive(now);
      await keys.apply(transitions, now);
      // An owner above the limit, for example after it was lowered, can still replace a key, unless the limit is 0.
      await assertKeyLimit(keys, policy, now, activeBefore);
      const fields = {
        ...pick(key, INHERITED_FIELDS),
        id: successorId,
        createdBy: by,
        createdAt: now,
        ...resolveSuccessorLife(policy.lifetime, key, request, rotatedBy, now),
        inactivityTimeout: successorInactivityTimeout(
          policy.inactivity,
          key.inactivityTimeout,
        ),
        predecessorId: id,
        rotatedBy,
        forbiddenPlugins: bounds.forbiddenPlugins,
      };
      return this.#issue(keys, fields, rotator.ownership);
    });
  }

  async #policyFor(
    keys: OwnerKeysTransaction,
    creator: KeyRotator,
    now: number,
  ): Promise<{ policy: KeyPolicy; bounds: EnforcedLimits }> {
    return this.#policies.enforce(keys, now, memberOf(keys.owner.ref, creator));
  }

  /** @param fields - `ownershipCap` is that of the predecessor */
  async #issue(
    keys: OwnerKeysTransaction,
    fields: NewKeyFields,
    ownership: KeyRotator['ownership'],
  ): Promise<IssuedKey> {
    const isInherited = ownership === 'inherited';
    const ownershipCap = isInherited
      ? fields.ownershipCap
      : resolveOwnershipCap(ownership, fields.ownershipCap);
    const secret = generateSecret(this.#config.secret.prefix);
    const key: ApiKeyRecord = {
      ...fields,
      ownershipCap,
      requestedExpiresAt: fields.expiresAt,
      requestedInactivityTimeout: fields.inactivityTimeout,
      useCount: 0,
      hint: secret.slice(-4),
    };
    await keys.insert(key, this.#digests.sign(secret));
    const missing = isInherited
      ? []
      : missingOwnership(ownership, ownershipCap);
    return { key, secret, missingOwnership: missing };
  }
}

/**
 * Returns the groups of an owner, as far as they follow from the creation of a key; undefined for a group, whose own groups do
 * not matter. The session may have fewer groups than the owner, which must not circumvent policies of groups.
 */
export function memberOf(
  owner: string,
  { userEntityRef, ownership }: KeyRotator,
): string[] | undefined {
  return owner === userEntityRef && ownership !== 'inherited'
    ? groupsOf(ownership)
    : undefined;
}
