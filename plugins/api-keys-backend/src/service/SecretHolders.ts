import { NotFoundError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { isWellFormedSecret } from 'backstage-plugin-api-keys-node';
import { Audit } from '../audit/Audit';
import { ApiKeysConfig } from '../config';
import { ApiKeyStore, KeyScope } from '../database/ApiKeyStore';
import { withKey } from '../database/withKey';
import { ApiKeyRecord, JudgedKey } from '../lifecycle/ApiKeyRecord';
import { KeyTransition, planReuse } from '../lifecycle/transitions';
import { SecretDigests } from '../secret/SecretDigests';

/** What follows from holding a secret, whoever does: to hold it is all the permission that it takes to end its key. */
export class SecretHolders {
  readonly #config: ApiKeysConfig;
  readonly #store: ApiKeyStore;
  readonly #digests: SecretDigests;
  readonly #audit: Audit;

  constructor(options: {
    config: ApiKeysConfig;
    store: ApiKeyStore;
    digests: SecretDigests;
    audit: Audit;
  }) {
    this.#config = options.config;
    this.#store = options.store;
    this.#digests = options.digests;
    this.#audit = options.audit;
  }

  /** Ends the keys that these are the secrets of. Says nothing about which there are. */
  async revoke(secrets: readonly string[]): Promise<void> {
    for (const secret of new Set(secrets)) {
      const key = await this.#find(secret);
      if (!key) continue;
      await this.#end(key, { reason: 'leaked' }, () => [
        { type: 'revoke', keyId: key.id, reason: 'leaked' },
      ]);
    }
  }

  /**
   * Whose key a secret is of. Looking is no use of the key.
   *
   * @param scope - the keys that exist for whoever asks
   */
  async lookUp(scope: KeyScope, secret: string): Promise<ApiKeyRecord> {
    const found = await this.#find(secret);
    const key = found && (await this.#store.findById(found.id, scope));
    if (!key) throw new NotFoundError('No API key has this secret');
    return key;
  }

  /**
   * Somebody tried to rotate with the secret of a key that is not accepted. If it was rotated out, and the portal is set up
   * to take that for a theft, that ends the whole family.
   */
  async rotationRefused(keyId: string): Promise<void> {
    if (!this.#config.rotation.revokeFamilyOnReuse) return;
    const key = await this.#store.findById(keyId);
    if (!key) return;
    const { familyId } = key;
    await this.#end(
      key,
      { reason: 'leaked', cause: 'rotated-key-reused', familyId },
      family => planReuse(family, keyId) ?? [],
    );
  }

  async #end(
    found: Pick<ApiKeyRecord, 'id' | 'owner'>,
    meta: JsonObject,
    plan: (family: ApiKeyRecord[]) => KeyTransition[],
  ) {
    const ended = await withKey(this.#store, found, async (keys, key) => ({
      key,
      revoked: await keys.apply(
        plan(await keys.family(key.familyId)),
        Date.now(),
      ),
    }));
    if (!ended || ended.revoked === 0) return;
    const { id: keyId, owner } = ended.key;
    this.#audit.tell({
      eventId: 'key-revoke',
      severityLevel: 'high',
      meta: { keyId, owner, ...meta },
    });
  }

  async #find(secret: string): Promise<JudgedKey | undefined> {
    if (!isWellFormedSecret(secret)) return undefined;
    return this.#store.findByDigest(this.#digests.candidates(secret));
  }
}
