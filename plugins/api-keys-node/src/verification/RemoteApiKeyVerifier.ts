import { hash } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { ApiKeyDenialReason } from 'backstage-plugin-api-keys-common';
import { PluginCalls } from '../calls/PluginCalls';
import { ApiKeyVerificationUnavailableError } from '../errors';
import { SingleFlight } from '../kit/SingleFlight';
import { TtlCache } from '../kit/TtlCache';
import { isWellFormedSecret, MALFORMED_SECRET_REASON } from '../secret';
import { KeyBinding } from '../tokens/TokenKeyRegistry';
import { CountedUse, RemoteUses } from './RemoteUses';
import {
  ApiKeyUse,
  ApiKeyVerifier,
  VerificationOutcome,
  VerifiedApiKey,
} from './types';

export const API_KEYS_PLUGIN_ID = 'api-keys';

const MAX_OUTCOMES = 50_000;
/** Far below any staleness that can be configured. */
const MAX_JOIN_AGE_MS = 50;

/** The answer of the `api-keys` plugin of another process about a key. */
export type RemoteAnswer = {
  outcome: VerificationOutcome;
  /** For how many milliseconds it may be cached, from when it was asked for. */
  keepFor: number;
};

/**
 * What one backend process asks of another, in which the `api-keys` plugin runs: the methods of {@link ApiKeyVerifier} by name,
 * and what they are given.
 *
 * @public
 */
export type RemoteVerification =
  | { method: 'verify'; secret: string; attempt?: ApiKeyUse }
  | { method: 'verifyById'; id: string }
  | { method: 'issueProof'; secret: string }
  | { method: 'redeemProof'; proof: string }
  | {
      method: 'verifyOwned';
      key: VerifiedApiKey;
      ownershipEntityRefs: readonly string[];
    }
  | { method: 'use'; key: VerifiedApiKey; use: ApiKeyUse }
  | { method: 'uses'; uses: readonly CountedUse[] }
  | {
      method: 'bindToken';
      tokenId: string;
      binding: KeyBinding;
      expiresAt: number;
    }
  | { method: 'findTokenBinding'; tokenId: string }
  | {
      method: 'refused';
      key: VerifiedApiKey;
      attempt: ApiKeyUse;
      reason: ApiKeyDenialReason;
    };

/**
 * Asks the `api-keys` plugin of another backend process, as the plugin that it is made for.
 *
 * Accepted keys are cached for as long as the other process allows, so that a key that is in use is asked for about once a second.
 * That includes the time for which the other process caches it: both together are not older than `maxStaleness`.
 */
export class RemoteApiKeyVerifier implements ApiKeyVerifier {
  readonly #calls: PluginCalls;
  readonly #logger: LoggerService;
  readonly #outcomes = new TtlCache<VerificationOutcome>({
    max: MAX_OUTCOMES,
    now: () => performance.now(),
  });
  readonly #flight = new SingleFlight<RemoteAnswer>({
    maxAgeMs: MAX_JOIN_AGE_MS,
  });
  readonly #uses = new RemoteUses(uses => this.#ask({ method: 'uses', uses }));

  constructor(options: { calls: PluginCalls; logger: LoggerService }) {
    this.#calls = options.calls;
    this.#logger = options.logger;
  }

  async verify(
    secret: string,
    attempt?: ApiKeyUse,
  ): Promise<VerificationOutcome> {
    if (!isWellFormedSecret(secret)) {
      return { accepted: false, reason: MALFORMED_SECRET_REASON };
    }
    // By digest, so that the cache never holds plaintext secrets.
    const digest = hash('sha256', secret, 'base64');
    return this.#askOnce(`secret ${digest}`, {
      method: 'verify',
      secret,
      attempt,
    });
  }

  async verifyById(id: string): Promise<VerificationOutcome> {
    return this.#askOnce(`id ${id}`, { method: 'verifyById', id });
  }

  async issueProof(secret: string): Promise<string | undefined> {
    const { proof } = await this.#ask<{ proof?: string }>({
      method: 'issueProof',
      secret,
    });
    return proof;
  }

  async redeemProof(proof: string): Promise<VerificationOutcome | undefined> {
    const { outcome } = await this.#ask<Partial<RemoteAnswer>>({
      method: 'redeemProof',
      proof,
    });
    return outcome;
  }

  async verifyOwned(
    key: VerifiedApiKey,
    ownershipEntityRefs: readonly string[],
  ): Promise<VerificationOutcome> {
    const { outcome } = await this.#ask({
      method: 'verifyOwned',
      key,
      ownershipEntityRefs,
    });
    return outcome;
  }

  async use(key: VerifiedApiKey, use: ApiKeyUse): Promise<VerificationOutcome> {
    if (!key.endsPredecessor) {
      this.#uses.add(key, use);
      return { accepted: true, key };
    }
    const { outcome } = await this.#ask({ method: 'use', key, use });
    return outcome;
  }

  async bindToken(
    tokenId: string,
    binding: KeyBinding,
    expiresAt: number,
  ): Promise<void> {
    await this.#ask({ method: 'bindToken', tokenId, binding, expiresAt });
  }

  async findTokenBinding(tokenId: string): Promise<KeyBinding | undefined> {
    const { binding } = await this.#ask<{ binding?: KeyBinding }>({
      method: 'findTokenBinding',
      tokenId,
    });
    return binding;
  }

  /** Whoever asks this one should rather ask the other process. */
  keepFor(): number {
    return 0;
  }

  /** Tells the last uses. */
  async stop(): Promise<void> {
    await this.#uses.flush();
  }

  refused(
    key: VerifiedApiKey,
    attempt: ApiKeyUse,
    reason: ApiKeyDenialReason,
  ): void {
    // Logged where it fails; the key is refused in any case.
    this.#ask({ method: 'refused', key, attempt, reason }).catch(() => {});
  }

  async #askOnce(
    cacheKey: string,
    question: RemoteVerification,
  ): Promise<VerificationOutcome> {
    const cached = this.#outcomes.get(cacheKey);
    if (cached) return cached;
    const answer = await this.#flight.run(
      cacheKey,
      () => this.#ask(question),
      ({ value: { outcome, keepFor }, startedAt }) => {
        if (!outcome.accepted) return;
        this.#outcomes.set(cacheKey, outcome, startedAt + keepFor);
      },
    );
    return answer.outcome;
  }

  async #ask<T = RemoteAnswer>(question: RemoteVerification): Promise<T> {
    try {
      return await this.#calls.post(
        API_KEYS_PLUGIN_ID,
        '/internal/v1/verification',
        {
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(question),
        },
      );
    } catch (error) {
      this.#logger.error(
        `Could not ask the plugin '${API_KEYS_PLUGIN_ID}' about an API key, check that both backends have discovery.endpoints for the plugins of the other`,
        toError(error),
      );
      throw new ApiKeyVerificationUnavailableError();
    }
  }
}
