import { isRestricted } from 'backstage-plugin-api-keys-common';
import {
  DefaultApiKeyAuthenticator,
  PERMISSION_PLUGIN,
} from '../authenticator/DefaultApiKeyAuthenticator';
import { getRequestContext } from '../authenticator/RequestContext';
import { PluginTokenHandler } from '../backstage/tokenHandler';
import { ApiKeyVerificationUnavailableError } from '../errors';
import { withKeyId, withoutKeyId } from '../restrictions/delegatedKey';
import { enforce } from '../restrictions/enforce';
import { OnBehalfOfTokenCache } from '../tokens/OnBehalfOfTokenCache';
import { ApiKeyRuntime } from '../runtime';
import { looksLikeSecret } from '../secret';
import { findBoundKey } from '../verification/acceptedKey';

/** Tells who the subject of a user token is, and what belongs to them. `httpAuth` lets no key do anything else there. */
const AUTH_PLUGIN = 'auth';

/** What a key may do there depends on which key it is, so that every replica has to know. */
const API_KEYS_PLUGIN = 'api-keys';

/**
 * Lets every plugin of the backend authenticate API keys, and holds a key to what it is for on every hop.
 *
 * It stands before Backstage's handler of plugin tokens, which is the first to see a credential, and answers for a key as
 * if a plugin had called on behalf of the key's subject. It names no calling plugin: such an actor would lift guards of
 * the permission backend, and it would not be true.
 */
export class ApiKeyTokenHandler implements PluginTokenHandler {
  readonly #pluginId: string;
  readonly #secretPrefix: string;
  readonly #inner: PluginTokenHandler;
  readonly #runtime: ApiKeyRuntime;
  readonly #authenticator: DefaultApiKeyAuthenticator;
  readonly #onBehalfOfTokens: OnBehalfOfTokenCache;

  constructor(options: {
    pluginId: string;
    secretPrefix: string;
    inner: PluginTokenHandler;
    runtime: ApiKeyRuntime;
    authenticator: DefaultApiKeyAuthenticator;
  }) {
    this.#pluginId = options.pluginId;
    this.#secretPrefix = options.secretPrefix;
    this.#inner = options.inner;
    this.#runtime = options.runtime;
    this.#authenticator = options.authenticator;
    this.#onBehalfOfTokens = new OnBehalfOfTokenCache({
      issueToken: one => options.inner.issueToken(one),
    });
  }

  /** A plugin is about to call another one. */
  readonly issueToken: PluginTokenHandler['issueToken'] = async options => {
    const { targetPluginId, onBehalfOf } = options;
    const { tokenKeys, verifier } = this.#runtime;
    const binding =
      onBehalfOf && (await tokenKeys.bindingOf(onBehalfOf.limitedUserToken));
    if (!binding) return this.#inner.issueToken(options);

    const key = await findBoundKey(binding, verifier);
    const isExempt =
      targetPluginId === PERMISSION_PLUGIN ||
      this.#pluginId === PERMISSION_PLUGIN;
    if (!isExempt) {
      const attempt = { plugin: targetPluginId };
      enforce(key, attempt, reason => verifier.refused(key, attempt, reason));
    }
    const isNamed =
      !isExempt && (isRestricted(key) || targetPluginId === API_KEYS_PLUGIN);
    const limitedUserToken = isNamed
      ? withKeyId(onBehalfOf.limitedUserToken, binding.id)
      : onBehalfOf.limitedUserToken;
    return this.#onBehalfOfTokens.get({
      ...options,
      onBehalfOf: { ...onBehalfOf, limitedUserToken },
    });
  };

  /** Somebody calls this plugin, with whatever this is. */
  readonly verifyToken: PluginTokenHandler['verifyToken'] = async token => {
    const context = getRequestContext();
    if (looksLikeSecret(token, this.#secretPrefix)) {
      const { token: limitedUserToken } =
        await this.#authenticator.authenticateSecret(token, context);
      return { subject: '', limitedUserToken };
    }
    const { tokenKeys, verifier } = this.#runtime;
    // The request was authenticated when its user token took the place of its key.
    const isAuthenticated = context?.authentication?.token === token;
    const own = isAuthenticated ? undefined : await tokenKeys.bindingOf(token);
    if (own && this.#pluginId === AUTH_PLUGIN) {
      await findBoundKey(own, verifier);
    } else if (own) {
      await this.#authenticator.authenticateUserToken(token, own, context);
    }

    const call = await this.#inner.verifyToken(token);
    if (!call?.limitedUserToken) return call;
    const { limitedUserToken, keyId } = withoutKeyId(call.limitedUserToken);
    const binding = await tokenKeys.bindingOf(limitedUserToken);
    // The caller knows that this is a key's token. Without its binding nothing says what the key may do here.
    if (keyId !== binding?.id && keyId !== undefined) {
      throw new ApiKeyVerificationUnavailableError();
    }
    if (binding) {
      const caller = call.subject;
      await this.#authenticator.authenticateCall(
        { token, caller, binding },
        context,
      );
    }
    return { ...call, limitedUserToken };
  };
}
