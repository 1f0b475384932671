import { randomUUID } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import { generateSecret } from 'backstage-plugin-api-keys-node';
import { ApiKeysConfig } from '../config';
import { ApiKeyStore, OwnedKeys } from '../database/ApiKeyStore';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { resolveExpiry, resolveSuccessorExpiry } from '../lifecycle/expiry';
import {
  resolveInactivityTimeout,
  successorInactivityTimeout,
} from '../lifecycle/inactivity';
import { planRotation } from '../lifecycle/transitions';
import { SecretDigests } from '../secret/SecretDigests';
import { IssuedKey, NewKeyRequest, RotationRequest } from './ApiKeyService';
import { noLongerAccepted, noSuchKey } from './errors';

/** What is decided about a key before it is issued. */
type KeyDesign = Pick<
  ApiKeyRecord,
  | 'id'
  | 'name'
  | 'description'
  | 'owner'
  | 'subject'
  | 'createdBy'
  | 'createdAt'
  | 'expiresAt'
  | 'inactivityTimeout'
  | 'familyId'
  | 'predecessorId'
>;

/** Issues keys, under today's policy. No other code makes a secret. */
export class KeyIssuer {
  readonly #config: ApiKeysConfig;
  readonly #store: ApiKeyStore;
  readonly #digests: SecretDigests;

  constructor(options: {
    config: ApiKeysConfig;
    store: ApiKeyStore;
    digests: SecretDigests;
  }) {
    this.#config = options.config;
    this.#store = options.store;
    this.#digests = options.digests;
  }

  async create(owner: string, request: NewKeyRequest): Promise<IssuedKey> {
    return this.#store.withKeysOf(owner, async keys => {
      const now = Date.now();
      const id = randomUUID();
      await this.requireRoom(keys, owner, now);
      return this.#issue(keys, {
        id,
        name: request.name,
        description: request.description,
        owner,
        subject: owner,
        createdBy: owner,
        createdAt: now,
        expiresAt: resolveExpiry(this.#config.lifetime, request, now),
        inactivityTimeout: resolveInactivityTimeout(
          this.#config.inactivity,
          request.inactivityTimeout,
          this.#config.lastUsed.resolution,
        ),
        familyId: id,
      });
    });
  }

  async rotate(
    { id, owner, familyId }: ApiKeyRecord,
    request: RotationRequest,
    by: string,
  ): Promise<IssuedKey> {
    return this.#store.withKeysOf(owner, async keys => {
      const now = Date.now();
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

      const activeBefore = await keys.countActive(now);
      await keys.apply(transitions, now);
      // Replacing one of too many keys is always possible: after the limit was lowered, say.
      await this.requireRoom(keys, owner, now, activeBefore);
      return this.#issue(keys, {
        id: successorId,
        name: key.name,
        description: key.description,
        owner,
        subject: key.subject,
        createdBy: by,
        createdAt: now,
        expiresAt: resolveSuccessorExpiry(
          this.#config.lifetime,
          key,
          request,
          now,
        ),
        inactivityTimeout: successorInactivityTimeout(
          this.#config.inactivity,
          key.inactivityTimeout,
        ),
        familyId,
        predecessorId: id,
      });
    });
  }

  /**
   * Makes sure that an owner may have one more active key.
   *
   * @param atLeast - so many are fine, whatever the limit
   * @throws ConflictError over the limit
   */
  async requireRoom(
    keys: OwnedKeys,
    owner: string,
    now: number,
    atLeast: number = 0,
  ): Promise<void> {
    const { keysPerOwner } = this.#config.limits;
    const active = await keys.countActive(now);
    if (active >= Math.max(keysPerOwner, atLeast)) {
      throw new ConflictError(
        `${owner} has ${active} API keys, and may have ${keysPerOwner}; revoke one first`,
      );
    }
  }

  async #issue(keys: OwnedKeys, design: KeyDesign): Promise<IssuedKey> {
    const secret = generateSecret(this.#config.secret.prefix);
    const key = { ...design, useCount: 0, hint: secret.slice(-4) };
    await keys.insert(key, this.#digests.sign(secret));
    return { key, secret };
  }
}
