import { ApiKeyRefusedError, RequestQuota } from '../verification/errors';
import { enforce } from '../restrictions/enforce';
import { findRouteAccess } from '../restrictions/permission';
import { RestrictionContext } from '../restrictions/Restriction';
import type { ApiKeyRuntime } from './ApiKeyRuntime';
import { KeyBinding } from '../verification/KeyBinding';
import { acceptedKey, findBoundKey } from './acceptedKey';
import { ApiKeyUse, VerifiedApiKey } from '../verification/types';
import { ExchangeClient } from './ExchangeClient';
import { RequestContext } from './RequestContext';
import { DelegatedCall, KeyAuthentication } from './types';
import { ApiKeyAuthenticator } from './ApiKeyAuthenticator';

/** Exempt from a key's restrictions when it decides, and when it calls other plugins: neither does anything with the key. */
export const PERMISSION_PLUGIN = 'permission';
/** Route for decisions. Restrictions apply to the plugin's other routes, such as those of RBAC. */
const DECISIONS = `/api/${PERMISSION_PLUGIN}/authorize`;

/** Authenticates keys against the verifier of this process. */
export class DefaultApiKeyAuthenticator implements ApiKeyAuthenticator {
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

  async authenticateSecret(
    secret: string,
    context: RequestContext | undefined,
  ): Promise<KeyAuthentication> {
    return once(context, secret, async () => {
      try {
        return await this.#authenticateSecret(secret, context);
      } catch (error) {
        if (error instanceof ApiKeyRefusedError) {
          await this.#runtime.limits.countFailure(context?.facts.ip);
        }
        throw error;
      }
    });
  }

  async #authenticateSecret(
    secret: string,
    context: RequestContext | undefined,
  ): Promise<KeyAuthentication> {
    if (this.#pluginId === 'auth') {
      // Its routes turn the caller's credentials into others that would outlive the key.
      throw new ApiKeyRefusedError(
        'API keys are not accepted by the auth plugin',
      );
    }
    const { verifier } = this.#runtime;
    const use = this.#describeUse(context);
    const key = acceptedKey(await verifier.verify(secret, use));
    const { isSelfService, requiredScopes } = context?.facts ?? {};
    const isForPlugin = !isSelfService && !requiredScopes;
    const answerAccess = this.#enforce(key, use, context, {
      client: { ip: use.ip },
      plugin: isForPlugin ? this.#pluginId : undefined,
      requiredScopes,
    });
    const quota = await this.#countRequest(key);
    const token = await this.#getUserToken(key, secret);
    acceptedKey(await verifier.use(key, use));
    return { source: 'secret', key, token, use, answerAccess, quota };
  }

  /**
   * Authenticates a user token of a key that is presented instead of the key, for example after a plugin has passed it on. The
   * key's restrictions apply to it. Within a request over HTTP, it counts as a use.
   *
   * @throws {@link ApiKeyRefusedError} for a key that has ended since
   * @throws {@link ApiKeyScopeError} for a use that its restrictions deny
   * @throws {@link ApiKeyRateLimitError} for a key that is used too often
   */
  async authenticateUserToken(
    token: string,
    binding: KeyBinding,
    context: RequestContext | undefined,
  ): Promise<KeyAuthentication> {
    return once(context, token, async () => {
      const { verifier } = this.#runtime;
      const use = this.#describeUse(context);
      const key = await findBoundKey(binding, verifier);
      const answerAccess = this.#enforce(key, use, context, {
        client: { ip: use.ip },
        plugin: this.#pluginId,
      });
      const found = { source: 'user-token', key, token, use } as const;
      if (!context || context.authentication) return found;
      const quota = await this.#countRequest(key);
      acceptedKey(await verifier.use(key, use));
      return { ...found, answerAccess, quota };
    });
  }

  async authenticateCall(
    call: DelegatedCall,
    context: RequestContext | undefined,
  ): Promise<KeyAuthentication> {
    const { token, caller, binding } = call;
    return once(context, token, async () => {
      const key = await findBoundKey(binding, this.#runtime.verifier);
      const plugin = this.#pluginId;
      const found = {
        source: 'call',
        key,
        token,
        call,
        use: { plugin },
      } as const;
      const isExempt =
        context?.facts.route?.path === DECISIONS ||
        caller === `plugin:${PERMISSION_PLUGIN}`;
      if (isExempt) return found;
      const answerAccess = this.#enforce(key, found.use, context, { plugin });
      return { ...found, answerAccess };
    });
  }

  /** @returns how the answer is limited to the permissions of the key, if the key is limited to some */
  #enforce(
    key: VerifiedApiKey,
    use: ApiKeyUse,
    context: RequestContext | undefined,
    restricted: Omit<RestrictionContext, 'request'>,
  ): KeyAuthentication['answerAccess'] {
    const { guardedRoutes, verifier } = this.#runtime;
    const request = { route: context?.facts.route, guardedRoutes };
    const restrictionContext = { ...restricted, request };
    enforce(key, restrictionContext, reason =>
      verifier.refused(key, use, reason),
    );
    const access = findRouteAccess(key, restrictionContext);
    return access === 'ask-first' || access === 'guarded' ? access : undefined;
  }

  async #countRequest(key: VerifiedApiKey): Promise<RequestQuota | undefined> {
    const { limits } = this.#runtime;
    return limits.holdKeys ? limits.countRequest(key) : undefined;
  }

  async #getUserToken(key: VerifiedApiKey, secret: string): Promise<string> {
    const { userTokens, tokenKeys } = this.#runtime;
    return userTokens.get(key, async () => {
      const { token, ownershipEntityRefs } =
        await this.#exchangeClient.exchange(key, secret);
      const { id, subject } = key;
      tokenKeys.remember(token, { id, subject, ownershipEntityRefs });
      return token;
    });
  }

  #describeUse(context: RequestContext | undefined): ApiKeyUse {
    const { ip, userAgent } = context?.facts ?? {};
    return { plugin: this.#pluginId, ip, userAgent };
  }
}

/** Authenticates once per request; outside of HTTP, on each call. */
function once(
  context: RequestContext | undefined,
  credential: string,
  authenticate: () => Promise<KeyAuthentication>,
): Promise<KeyAuthentication> {
  return context
    ? context.authenticateOnce(credential, authenticate)
    : authenticate();
}
