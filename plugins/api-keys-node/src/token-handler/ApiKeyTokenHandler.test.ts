import { randomBytes } from 'node:crypto';
import { PluginTokenHandler } from '@backstage/backend-defaults/auth';
import { mockServices } from '@backstage/backend-test-utils';
import { decodeJwt } from 'jose';
import { DefaultApiKeyAuthenticator } from '../authenticator/DefaultApiKeyAuthenticator';
import { ExchangeClient } from '../authenticator/ExchangeClient';
import {
  ApiKeyScopeError,
  ApiKeyVerificationUnavailableError,
} from '../verification/errors';
import { GuardedRoutes } from '../restrictions/guarded/GuardedRoutes';
import { ApiKeyRuntime } from '../authenticator/ApiKeyRuntime';
import { InMemoryTokenBindings } from '../tokens/__testUtils__/InMemoryTokenBindings';
import { ApiKeyVerifier, VerifiedApiKey } from '../verification/types';
import { ApiKeyTokenHandler } from './ApiKeyTokenHandler';

const SUBJECT = 'user:default/ada';
const KEY: VerifiedApiKey = {
  id: 'key-1',
  owner: SUBJECT,
  subject: SUBJECT,
  endsPredecessor: false,
  issuedAt: 0,
};

const encode = (value: object) =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

/** A limited user token. These tests verify no signatures, so random bytes are enough. */
const limitedUserToken = [
  encode({ typ: 'vnd.backstage.limited-user', alg: 'ES256' }),
  encode({ sub: SUBJECT, exp: Math.floor(Date.now() / 1000) + 3600 }),
  randomBytes(64).toString('base64url'),
].join('.');

const pluginToken = (obo?: string) =>
  [encode({}), encode({ obo, exp: Date.now() / 1000 + 3600 }), 'x'].join('.');

/** Stands in for Backstage's handler: the token contains the options that it was issued with. */
const backstage: PluginTokenHandler = {
  issueToken: async ({ onBehalfOf }) => ({
    token: pluginToken(onBehalfOf?.limitedUserToken),
  }),
  verifyToken: async token => ({
    subject: 'plugin:mcp-actions',
    limitedUserToken: decodeJwt<{ obo?: string }>(token).obo,
  }),
};

const BINDING = {
  id: KEY.id,
  subject: SUBJECT,
  ownershipEntityRefs: [SUBJECT],
};

/** Creates a verifier with the bindings that all processes share. */
function verifierWith(
  bindings: InMemoryTokenBindings,
  methods: Partial<ApiKeyVerifier>,
): ApiKeyVerifier {
  return Object.assign(
    bindings,
    methods,
  ) as Partial<ApiKeyVerifier> as ApiKeyVerifier;
}

/** Creates a plugin in its own process, with or without the started api-keys plugin. */
function process(
  pluginId: string,
  { hasStarted = true, bindings = new InMemoryTokenBindings() } = {},
) {
  const runtime = new ApiKeyRuntime({
    limits: { failuresPerIp: { max: 1, per: 1000 } },
    guardedRoutes: GuardedRoutes.fromConfig(mockServices.rootConfig()),
  });
  if (hasStarted) {
    const verifyById = async () => ({ accepted: true as const, key: KEY });
    runtime.provideVerifier(verifierWith(bindings, { verifyById }));
  }
  const handler = new ApiKeyTokenHandler({
    pluginId,
    secretPrefix: 'bsk',
    inner: backstage,
    runtime,
    authenticator: new DefaultApiKeyAuthenticator({
      pluginId,
      runtime,
      exchangeClient: {} as ExchangeClient,
    }),
  });
  return { runtime, handler, bindings };
}

describe('a plugin that calls a plugin in another process on behalf of a key', () => {
  const call = async (targetPluginId: string) => {
    const bindings = new InMemoryTokenBindings();
    const caller = process('mcp-actions', { bindings });
    await caller.runtime.tokenKeys.bind(limitedUserToken, BINDING);
    const { token } = await caller.handler.issueToken({
      pluginId: 'mcp-actions',
      targetPluginId,
      onBehalfOf: { limitedUserToken, expiresAt: new Date() },
    });
    return { token, bindings };
  };

  it('sends the id of the key to the plugin api-keys, which finds the key like every plugin', async () => {
    const { token, bindings } = await call('api-keys');
    expect(decodeJwt<{ obo: string }>(token).obo).toBe(
      `${limitedUserToken}~${KEY.id}`,
    );
    const called = process('api-keys', { bindings });
    expect(await called.handler.verifyToken(token)).toEqual({
      subject: 'plugin:mcp-actions',
      limitedUserToken,
    });
    expect(await called.runtime.tokenKeys.bindingOf(limitedUserToken)).toEqual(
      BINDING,
    );
  });

  it('sends the token of Backstage to other plugins if the key is not restricted', async () => {
    const { token } = await call('catalog');
    expect(decodeJwt<{ obo: string }>(token).obo).toBe(limitedUserToken);
  });

  it('is denied if the id belongs to no known key', async () => {
    const { token } = await call('api-keys');
    const { handler } = process('api-keys');
    await expect(handler.verifyToken(token)).rejects.toThrow(
      ApiKeyVerificationUnavailableError,
    );
  });
});

describe('a key that has ended', () => {
  const callFor = (targetPluginId: string) => ({
    pluginId: 'catalog',
    targetPluginId,
    onBehalfOf: { limitedUserToken, expiresAt: new Date() },
  });

  /** Returns the token of a call on behalf of a key that ended after the call. */
  const endedAfter = async (pluginId: string, targetPluginId: string) => {
    const { handler, runtime, bindings } = process(pluginId);
    await runtime.tokenKeys.bind(limitedUserToken, BINDING);
    await handler.issueToken(callFor(targetPluginId));
    runtime.provideVerifier(
      verifierWith(bindings, {
        verifyById: async () => ({ accepted: false, reason: 'It was revoked' }),
      }),
    );
    return handler;
  };

  it.each([
    ['catalog', 'search'],
    ['catalog', 'permission'],
    ['permission', 'catalog'],
  ])('gets no token with which %s calls %s', async (caller, target) => {
    const handler = await endedAfter(caller, target);
    await expect(handler.issueToken(callFor(target))).rejects.toThrow(
      'It was revoked',
    );
  });

  it.each(['catalog', 'permission'])(
    'is let in by the plugin %s with none that it got before',
    async pluginId => {
      const handler = await endedAfter(pluginId, 'search');
      const token = pluginToken(limitedUserToken);
      await expect(handler.verifyToken(token)).rejects.toThrow(
        'It was revoked',
      );
    },
  );
});

describe('a key that was restricted after a call', () => {
  const issueAgain = async (plugin: string) => {
    const { handler, runtime, bindings } = process('catalog');
    await runtime.tokenKeys.bind(limitedUserToken, BINDING);
    const call = {
      pluginId: 'catalog',
      targetPluginId: 'search',
      onBehalfOf: { limitedUserToken, expiresAt: new Date() },
    };
    await handler.issueToken(call);
    const key = { ...KEY, accessRestrictions: [{ plugin }] };
    runtime.provideVerifier(
      verifierWith(bindings, {
        verifyById: async () => ({ accepted: true, key }),
        refused: () => {},
      }),
    );
    return handler.issueToken(call);
  };

  it('gets no token for a plugin that it may no longer be used for', async () => {
    await expect(issueAgain('catalog')).rejects.toThrow(ApiKeyScopeError);
  });

  it('is named in a token for a plugin that it may still be used for', async () => {
    const { token } = await issueAgain('search');
    expect(decodeJwt<{ obo: string }>(token).obo).toBe(
      `${limitedUserToken}~${KEY.id}`,
    );
  });
});

describe('before the plugin api-keys has started', () => {
  const starting = { hasStarted: false };

  const call = { pluginId: 'catalog', targetPluginId: 'other' };

  it('plugins call each other as themselves', async () => {
    const { handler } = process('catalog', starting);
    const { token } = await handler.issueToken(call);
    expect(await handler.verifyToken(token)).toMatchObject({
      subject: 'plugin:mcp-actions',
    });
  });

  it('user tokens are neither accepted nor passed on, since each may belong to a key', async () => {
    const { handler } = process('catalog', starting);
    const attempts = [
      () => handler.verifyToken(limitedUserToken),
      () => handler.verifyToken(pluginToken(limitedUserToken)),
      () =>
        handler.issueToken({
          ...call,
          onBehalfOf: { limitedUserToken, expiresAt: new Date() },
        }),
    ];
    for (const attempt of attempts) {
      await expect(attempt()).rejects.toThrow(
        ApiKeyVerificationUnavailableError,
      );
    }
  });
});
