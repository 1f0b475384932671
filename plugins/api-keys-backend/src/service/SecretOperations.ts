import { hash } from 'node:crypto';
import { NotFoundError } from '@backstage/errors';
import { isWellFormedSecret } from 'backstage-plugin-api-keys-node/internal';
import { Audit } from '../observability/audit/Audit';
import { auditRevocation } from '../observability/audit/auditDetails';
import { ApiKeysConfig } from '../config';
import { Stores } from '../database/stores';
import { KeyVisibility } from '../database/queries';
import { ApiKeyRecord, VerificationRecord } from '../lifecycle/ApiKeyRecord';
import { KeyEventDetails } from '../lifecycle/KeyEvent';
import { LeakReport } from '../lifecycle/LeakReport';
import { Revocation } from '../lifecycle/transitions';
import { SecretDigests } from '../verification/SecretDigests';
import { UsageRecorder } from '../verification/UsageRecorder';
import { previewRevocation, revokeKey } from './revokeKey';

const LEAKED: Revocation = { reason: 'leaked' };

/** Operations that holding a secret permits: a holder may always end its key. */
export class SecretOperations {
  readonly #config: ApiKeysConfig;
  readonly #stores: Pick<Stores, 'events' | 'keys'>;
  readonly #digests: SecretDigests;
  readonly #audit: Audit;
  readonly #recorder: Pick<UsageRecorder, 'flushKeys'>;

  constructor(options: {
    config: ApiKeysConfig;
    stores: Pick<Stores, 'events' | 'keys'>;
    digests: SecretDigests;
    audit: Audit;
    recorder: Pick<UsageRecorder, 'flushKeys'>;
  }) {
    this.#config = options.config;
    this.#stores = options.stores;
    this.#digests = options.digests;
    this.#audit = options.audit;
    this.#recorder = options.recorder;
  }

  /** Revokes the keys of these secrets. Does not reveal which keys exist. */
  async revoke(secrets: readonly string[]): Promise<void> {
    for (const secret of new Set(secrets)) {
      const key = await this.#find(secret);
      if (!key) continue;
      await this.#end(key, LEAKED);
    }
  }

  /**
   * Revokes the key of a leaked secret. Reporting it again changes nothing.
   *
   * @returns whether the secret belongs to a key, active or ended
   */
  async revokeLeaked(secret: string, find: LeakReport): Promise<boolean> {
    const key = await this.#find(secret);
    if (!key) return false;
    await this.#end(key, { reason: 'leaked', cause: 'secret-scanning', find });
    return true;
  }

  /**
   * Records a leaked secret of a key, once a day for each place. The key keeps working. For a revoked key, it is the self-made
   * descendants that keep working, if there are any.
   *
   * @returns whether the secret belongs to a key, active or ended
   */
  async reportLeak(secret: string, find: LeakReport): Promise<boolean> {
    const key = await this.#find(secret);
    if (!key) return false;
    if (key.revokedAt === undefined) {
      await this.#reportLeak(key, find);
      return true;
    }
    const made = await previewRevocation(this.#stores, key, LEAKED);
    for (const living of made) {
      await this.#reportLeak(living, { ...find, leakedKeyId: key.id });
    }
    return true;
  }

  async #reportLeak(
    { id: keyId, owner }: Pick<ApiKeyRecord, 'id' | 'owner'>,
    details: KeyEventDetails['leak-reported'],
  ) {
    const at = Date.now();
    const day = new Date(at).toISOString().slice(0, 10);
    const place = hash('sha256', details.url ?? '', 'base64url');
    const isNew = await this.#stores.events.addSecurityEvent({
      type: 'leak-reported',
      keyId,
      owner,
      at,
      once: `${keyId} leak ${day} ${place}`,
      details,
    });
    if (!isNew) return;
    this.#audit.record({
      eventId: 'key-leak-report',
      severityLevel: 'critical',
      meta: { keyId, owner, ...details },
    });
  }

  /**
   * Returns the key of a secret, including uses that this process has not written yet: the last use matters most for a leaked
   * secret. A lookup does not count as a use of the key.
   *
   * @param scope - the keys that exist for the caller
   */
  async lookUp(scope: KeyVisibility, secret: string): Promise<ApiKeyRecord> {
    const found = await this.#find(secret);
    if (found) await this.#recorder.flushKeys([found.id]);
    const key = found && (await this.#stores.keys.findById(found.id, scope));
    if (!key) throw new NotFoundError('No API key has this secret');
    return key;
  }

  /**
   * Handles an attempt to rotate with the secret of a key that is not accepted. If the key was rotated out, and the portal is
   * configured to treat that as theft, the whole family ends.
   */
  async rotationRefused(keyId: string): Promise<void> {
    if (!this.#config.rotation.revokeFamilyOnReuse) return;
    const key = await this.#stores.keys.findById(keyId);
    if (key?.revokedReason !== 'rotated') return;
    await this.#end(key, { reason: 'leaked', cause: 'rotated-key-reused' });
  }

  async #end(
    found: Pick<ApiKeyRecord, 'id' | 'owner'>,
    revocation: Revocation,
  ) {
    const ended = await revokeKey(this.#stores, found, revocation);
    if (!ended) return;
    const { key, alsoRevoked } = ended;
    if (key.revokedAt !== undefined && alsoRevoked.length === 0) return;
    const { find, ...why } = revocation;
    this.#audit.record({
      eventId: 'key-revoke',
      severityLevel: 'high',
      meta: { ...auditRevocation(ended), ...why, ...find },
    });
  }

  async #find(secret: string): Promise<VerificationRecord | undefined> {
    if (!isWellFormedSecret(secret)) return undefined;
    return this.#stores.keys.findForVerification(
      this.#digests.candidates(secret),
    );
  }
}
