import { requireAllowedIp } from '../restrictions/allowedIps';
import { requireOpening } from '../restrictions/requireOpening';
import { requireRequestedPlugin } from '../restrictions/requirePlugin';
import { ApiKeyRefusedError } from '../errors';
import { currentRequestUse } from '../request/requestUse';
import { ApiKeyRuntime } from '../runtime';
import { AuthenticatedKey } from '../runtime/ApiKeyGate';
import { isRestricted } from 'backstage-plugin-api-keys-common';
import { ApiKeyUse, VerifiedApiKey } from '../verification/types';
import { ExchangeClient } from './exchange';
import { acceptedKey } from '../verification/acceptedKey';
import { orNoteRefusal } from '../verification/orNoteRefusal';

/** Turns the secret of a key that is good, here and now, into a user token of its subject. */
export class SecretAuthenticator {
  readonly #pluginId: string;
  readonly #runtime: ApiKeyRuntime;
  readonly #exchangeClient: ExchangeClient;

  constructor(options: {
    pluginId: string;
    runtime: ApiKeyRuntime;
    exchangeClient: ExchangeClient;
  }) {
    this.#pluginId = options.pluginId;
    this.#runtime = options.runtime;
    this.#exchangeClient = options.exchangeClient;
  }

  /** See {@link ApiKeyGate.authenticate}. */
  async authenticate(secret: string): Promise<AuthenticatedKey> {
    try {
      return await this.#authenticate(secret);
    } catch (error) {
      const ip = currentRequestUse()?.ip;
      if (error instanceof ApiKeyRefusedError && ip !== undefined) {
        await this.#runtime.limits.countFailure(ip);
      }
      throw error;
    }
  }

  async #authenticate(secret: string): Promise<AuthenticatedKey> {
    if (this.#pluginId === 'auth') {
      // Its routes make other credentials of the caller's, which would outlive the key.
      throw new ApiKeyRefusedError(
        'API keys are not accepted by the auth plugin',
      );
    }
    const { limits, verifier, userTokens, tokenKeys } = this.#runtime;
    const request = currentRequestUse();
    const attempt = this.#describeUse();
    const key = acceptedKey(await verifier.verify(secret, attempt));
    this.#requirePermitted(key, attempt);
    if (limits.holdKeys && !request?.recorded) {
      const quota = await limits.countRequest(key.id);
      if (request) request.quota = quota;
    }

    const userToken = await userTokens.get(key, async () => {
      const { token, ownershipEntityRefs } =
        await this.#exchangeClient.exchange(secret);
      const { id, subject } = key;
      tokenKeys.remember(token, { id, subject, ownershipEntityRefs });
      return token;
    });
    if (!request?.recorded) {
      if (request) request.recorded = true;
      acceptedKey(await verifier.use(key, attempt));
    }
    if (request) request.key = key;
    return { key, userToken };
  }

  #requirePermitted(key: VerifiedApiKey, attempt: ApiKeyUse) {
    const { guardedPlugins, verifier } = this.#runtime;
    const request = currentRequestUse();
    const demanded = request?.demandedScopes;
    if (request) request.restricted = !demanded && isRestricted(key);
    orNoteRefusal(verifier, key, attempt, 'ip', () =>
      requireAllowedIp(key, attempt.ip),
    );
    // What a key does with itself, it needs not be made for.
    if (request?.isAboutItself) return;
    if (demanded) {
      orNoteRefusal(verifier, key, attempt, 'restricted', () =>
        requireOpening(key, demanded),
      );
      return;
    }
    orNoteRefusal(verifier, key, attempt, 'restricted', () =>
      requireRequestedPlugin(key, this.#pluginId, guardedPlugins),
    );
  }

  #describeUse(): ApiKeyUse {
    const request = currentRequestUse();
    return {
      plugin: this.#pluginId,
      ip: request?.ip,
      userAgent: request?.userAgent,
    };
  }
}
