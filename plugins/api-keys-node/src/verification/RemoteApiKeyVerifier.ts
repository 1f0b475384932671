import { hash } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { ApiKeyDenialReason } from 'backstage-plugin-api-keys-common';
import { PluginClient } from '../backstage/PluginClient';
import { ApiKeyVerificationUnavailableError } from './errors';
import { SingleFlight } from '../kit/SingleFlight';
import { TtlCache } from '../kit/TtlCache';
import { isWellFormedSecret, MALFORMED_SECRET_REASON } from '../secret';
import { KeyBinding } from './KeyBinding';
import { CountedUse, RemoteUses } from './RemoteUses';
import {
  ApiKeyUse,
  ApiKeyVerifier,
  VerificationOutcome,
  VerifiedApiKey,
} from './types';

export const API_KEYS_PLUGIN_ID = 'api-keys';

const MAX_OUTCOMES = 50_000;
/** Maximum age of a pending request that a call may share, far below any configurable staleness. */
const MAX_JOIN_AGE_MS = 50;

/** Answer of the `api-keys` plugin in another process. */
export type RemoteAnswer = {
  outcome: VerificationOutcome;
  /** Milliseconds for which the answer may be cached, counted from the request. */
  keepFor: number;
};

/**
 * Request of one backend process to another in which the `api-keys` plugin runs: a method of {@link ApiKeyVerifier} and its
 * arguments.
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
 * Verifies keys with the `api-keys` plugin of another backend process. Calls it as the plugin that this instance belongs to.
 *
 * Caches accepted keys for as long as the other process allows, so that a key in use costs about one request a second. The
 * caches of both processes together are never older than `maxStaleness`.
 */
export class RemoteApiKeyVerifier implements ApiKeyVerifier {
  readonly #calls: PluginClient;
  readonly #logger: LoggerService;
  readonly #outcomes = new TtlCache<VerificationOutcome>({
    max: MAX_OUTCOMES,
    now: () => performance.now(),
  });
  readonly #flight = new SingleFlight<RemoteAnswer>({
    maxAgeMs: MAX_JOIN_AGE_MS,
  });
  readonly #uses = new RemoteUses(uses => this.#ask({ method: 'uses', uses }));

  constructor(options: { calls: PluginClient; logger: LoggerService }) {
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

  /** Returns 0: other processes should ask the `api-keys` plugin directly. */
  keepFor(): number {
    return 0;
  }

  /** Sends the remaining uses. */
  async stop(): Promise<void> {
    await this.#uses.flush();
  }

  refused(
    key: VerifiedApiKey,
    attempt: ApiKeyUse,
    reason: ApiKeyDenialReason,
  ): void {
    // The failing call logs the error; the key is refused in any case.
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
