import { isRestricted } from 'backstage-plugin-api-keys-common';
import { PluginTokenHandler } from '../backstage/tokenHandler';
import { ApiKeyVerificationUnavailableError } from '../errors';
import { currentRequestUse } from '../request/requestUse';
import { withKeyId, withoutKeyId } from '../restrictions/delegatedKey';
import { enforce } from '../restrictions/enforce';
import { enforceInRequest } from '../restrictions/enforceInRequest';
import { OnBehalfOfTokenCache } from '../tokens/OnBehalfOfTokenCache';
import { ApiKeyRuntime } from '../runtime';
import {
  ApiKeyGate,
  AuthenticatedKey,
  CallForKey,
} from '../runtime/ApiKeyGate';
import { looksLikeSecret } from '../secret';
import { findBoundKey } from '../verification/acceptedKey';
import { SecretAuthenticator } from './SecretAuthenticator';

/**
 * Whoever asks the permission backend asks on behalf of the key's subject, and so does the permission backend in turn, when a
 * plugin has to apply conditions. Neither does anything with the key.
 */
const PERMISSION_PLUGIN = 'permission';
/** Of the other routes there, such as those of RBAC, a key has to be let at like at those of every plugin. */
const DECISIONS = `/api/${PERMISSION_PLUGIN}/authorize`;

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
export class ApiKeyTokenHandler implements PluginTokenHandler, ApiKeyGate {
  readonly #pluginId: string;
  readonly #secretPrefix: string;
  readonly #inner: PluginTokenHandler;
  readonly #runtime: ApiKeyRuntime;
  readonly #secrets: SecretAuthenticator;
  readonly #onBehalfOfTokens: OnBehalfOfTokenCache;

  constructor(options: {
    pluginId: string;
    secretPrefix: string;
    inner: PluginTokenHandler;
    runtime: ApiKeyRuntime;
    secrets: SecretAuthenticator;
  }) {
    this.#pluginId = options.pluginId;
    this.#secretPrefix = options.secretPrefix;
    this.#inner = options.inner;
    this.#runtime = options.runtime;
    this.#secrets = options.secrets;
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
    if (looksLikeSecret(token, this.#secretPrefix)) {
      const { userToken } = await this.authenticate(token);
      return { subject: '', limitedUserToken: userToken };
    }
    const { tokenKeys, verifier } = this.#runtime;
    // A user token that was issued for a key is worth no more than the key wherever it comes back: plugins may pass it on.
    const isJudged = currentRequestUse()?.userToken === token;
    const own = isJudged ? undefined : await tokenKeys.bindingOf(token);
    if (own && this.#pluginId === AUTH_PLUGIN) {
      await findBoundKey(own, verifier);
    } else if (own) {
      await this.#secrets.acceptUserToken(await findBoundKey(own, verifier));
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
      const callForKey = { token, caller: call.subject, binding };
      await this.requireCall(callForKey);
      const request = currentRequestUse();
      if (request) request.call = callForKey;
    }
    return { ...call, limitedUserToken };
  };

  authenticate(secret: string): Promise<AuthenticatedKey> {
    return this.#secrets.authenticate(secret);
  }

  async requireCall({ caller, binding }: CallForKey): Promise<void> {
    const isExempt =
      currentRequestUse()?.route?.path === DECISIONS ||
      caller === `plugin:${PERMISSION_PLUGIN}`;
    const key = await findBoundKey(binding, this.#runtime.verifier);
    if (isExempt) return;
    const attempt = { plugin: this.#pluginId };
    enforceInRequest(key, attempt, attempt, this.#runtime);
  }
}
