import { isRestricted } from 'backstage-plugin-api-keys-common';
import {
  DefaultApiKeyAuthenticator,
  PERMISSION_PLUGIN,
} from '../authenticator/DefaultApiKeyAuthenticator';
import { getRequestContext } from '../authenticator/RequestContext';
import { PluginTokenHandler } from '../backstage/tokenHandler';
import { ApiKeyVerificationUnavailableError } from '../verification/errors';
import { withKeyId, withoutKeyId } from '../restrictions/delegatedKey';
import { enforce } from '../restrictions/enforce';
import { OnBehalfOfTokenCache } from '../tokens/OnBehalfOfTokenCache';
import { ApiKeyRuntime } from '../authenticator/ApiKeyRuntime';
import { looksLikeSecret } from '../secret';
import { findBoundKey } from '../authenticator/acceptedKey';

/** The auth plugin returns the subject of a user token and its ownership. `httpAuth` denies keys everything else there. */
const AUTH_PLUGIN = 'auth';

/** The rights of a key in this plugin depend on the key, so every replica must identify it. */
const API_KEYS_PLUGIN = 'api-keys';

/**
 * Authenticates API keys in every plugin of the backend, and enforces the restrictions of a key on every hop.
 *
 * Wraps Backstage's handler of plugin tokens, which is the first to see a credential, and answers for a key as if a plugin had
 * called on behalf of the key's subject. It names no calling plugin: such an actor would be false, and would bypass checks of
 * the permission backend.
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

  /** Issues the token for a call to another plugin. */
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

  /** Verifies the token of a call to this plugin, which may be any text. */
  readonly verifyToken: PluginTokenHandler['verifyToken'] = async token => {
    const context = getRequestContext();
    if (looksLikeSecret(token, this.#secretPrefix)) {
      const { token: limitedUserToken } =
        await this.#authenticator.authenticateSecret(token, context);
      return { subject: '', limitedUserToken };
    }
    const { tokenKeys, verifier } = this.#runtime;
    // The request was authenticated when its key was replaced with the user token.
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
    // The caller has marked the token as a key's. Without its binding, the rights of the key are unknown.
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
