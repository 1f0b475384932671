import { hash } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { ApiKeyDenialReason } from 'backstage-plugin-api-keys-common';
import { PluginCalls } from '../calls/PluginCalls';
import { ApiKeyVerificationUnavailableError } from '../errors';
import { isWellFormedSecret, MALFORMED_SECRET_REASON } from '../secret';
import { KeyBinding } from '../tokens/TokenKeyRegistry';
import { RemoteAnswer, RemoteAnswers } from './RemoteAnswers';
import { CountedUse, RemoteUses } from './RemoteUses';
import {
  ApiKeyUse,
  ApiKeyVerifier,
  VerificationOutcome,
  VerifiedApiKey,
} from './types';

export const API_KEYS_PLUGIN_ID = 'api-keys';

/**
 * What one backend process asks of another, in which the `api-keys` plugin runs: the methods of {@link ApiKeyVerifier} by name,
 * and what they are given.
 *
 * @public
 */
export type RemoteVerification =
  | { method: 'verify'; secret: string; attempt?: ApiKeyUse }
  | { method: 'verifyById'; id: string }
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
 * Asks the `api-keys` plugin of another backend process, as the plugin that it is made for: about a key that is in use, about once
 * a second.
 */
export class RemoteApiKeyVerifier implements ApiKeyVerifier {
  readonly #calls: PluginCalls;
  readonly #logger: LoggerService;
  readonly #answers = new RemoteAnswers();
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
    // Nothing that is kept can be used as a key.
    const digest = hash('sha256', secret, 'base64');
    return this.#answers.get(`secret ${digest}`, () =>
      this.#ask({ method: 'verify', secret, attempt }),
    );
  }

  async verifyById(id: string): Promise<VerificationOutcome> {
    return this.#answers.get(`id ${id}`, () =>
      this.#ask({ method: 'verifyById', id }),
    );
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
