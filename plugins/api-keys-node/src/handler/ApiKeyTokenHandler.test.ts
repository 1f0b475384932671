import { randomBytes } from 'node:crypto';
import { PluginTokenHandler } from '@backstage/backend-defaults/auth';
import { decodeJwt } from 'jose';
import {
  ApiKeyScopeError,
  ApiKeyVerificationUnavailableError,
} from '../errors';
import { ApiKeyRuntime } from '../runtime';
import { ApiKeyVerifier, VerifiedApiKey } from '../verification/types';
import { ApiKeyTokenHandler } from './ApiKeyTokenHandler';
import { SecretAuthenticator } from './SecretAuthenticator';

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

/** A limited user token. Nobody here checks signatures, so random bytes will do. */
const limitedUserToken = [
  encode({ typ: 'vnd.backstage.limited-user', alg: 'ES256' }),
  encode({ sub: SUBJECT, exp: Math.floor(Date.now() / 1000) + 3600 }),
  randomBytes(64).toString('base64url'),
].join('.');

const pluginToken = (obo?: string) =>
  [encode({}), encode({ obo, exp: Date.now() / 1000 + 3600 }), 'x'].join('.');

/** Backstage's own handler, as far as a token carries what it was issued for. */
const backstage: PluginTokenHandler = {
  issueToken: async ({ onBehalfOf }) => ({
    token: pluginToken(onBehalfOf?.limitedUserToken),
  }),
  verifyToken: async token => ({
    subject: 'plugin:mcp-actions',
    limitedUserToken: decodeJwt<{ obo?: string }>(token).obo,
  }),
};

/** A plugin in a process of its own, in which the plugin api-keys has started or not. */
function process(pluginId: string, { hasStarted = true } = {}) {
  const runtime = new ApiKeyRuntime({
    limits: { failuresPerIp: { max: 1, per: 1000 } },
  });
  const verifier: Partial<ApiKeyVerifier> = {
    verifyById: async () => ({ accepted: true, key: KEY }),
  };
  if (hasStarted) runtime.provideVerifier(verifier as ApiKeyVerifier);
  const handler = new ApiKeyTokenHandler({
    pluginId,
    secretPrefix: 'bsk',
    inner: backstage,
    runtime,
    secrets: {} as SecretAuthenticator,
  });
  return { runtime, handler };
}

describe('a plugin that calls another one for a key, in another process', () => {
  const call = async (targetPluginId: string) => {
    const caller = process('mcp-actions');
    const { id, subject } = KEY;
    caller.runtime.mintedTokens.register(limitedUserToken, { id, subject });
    const { token } = await caller.handler.issueToken({
      pluginId: 'mcp-actions',
      targetPluginId,
      onBehalfOf: { limitedUserToken, expiresAt: new Date() },
    });
    const called = process(targetPluginId);
    const result = await called.handler.verifyToken(token);
    return { result, known: called.runtime.mintedTokens };
  };

  it('tells the plugin api-keys which key it is', async () => {
    const { result, known } = await call('api-keys');
    expect(result).toEqual({ subject: 'plugin:mcp-actions', limitedUserToken });
    expect(known.keyOf(limitedUserToken)).toMatchObject({ id: KEY.id });
  });

  it('sends every other one what Backstage would send, if the key is not restricted', async () => {
    const { result, known } = await call('catalog');
    expect(result).toEqual({ subject: 'plugin:mcp-actions', limitedUserToken });
    expect(known.keyOf(limitedUserToken)).toBeUndefined();
  });
});

describe('a key that has ended', () => {
  const callFor = (targetPluginId: string) => ({
    pluginId: 'catalog',
    targetPluginId,
    onBehalfOf: { limitedUserToken, expiresAt: new Date() },
  });

  /** The plugin has called another one for the key, which ended afterwards. */
  const endedAfter = async (pluginId: string, targetPluginId: string) => {
    const { handler, runtime } = process(pluginId);
    runtime.mintedTokens.register(limitedUserToken, KEY);
    await handler.issueToken(callFor(targetPluginId));
    runtime.provideVerifier({
      verifyById: async () => ({ accepted: false, reason: 'It was revoked' }),
    } as Partial<ApiKeyVerifier> as ApiKeyVerifier);
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
    const { handler, runtime } = process('catalog');
    runtime.mintedTokens.register(limitedUserToken, KEY);
    const call = {
      pluginId: 'catalog',
      targetPluginId: 'search',
      onBehalfOf: { limitedUserToken, expiresAt: new Date() },
    };
    await handler.issueToken(call);
    const key = { ...KEY, accessRestrictions: [{ plugin }] };
    runtime.provideVerifier({
      verifyById: async () => ({ accepted: true, key }),
      refused: () => {},
    } as Partial<ApiKeyVerifier> as ApiKeyVerifier);
    return handler.issueToken(call);
  };

  it('gets no token for a plugin that it is not for any more', async () => {
    await expect(issueAgain('catalog')).rejects.toThrow(ApiKeyScopeError);
  });

  it('is named in a token for one that it is for', async () => {
    const { token } = await issueAgain('search');
    expect(decodeJwt<{ obo: string }>(token).obo).toBe(
      `${limitedUserToken}~${KEY.id}`,
    );
  });
});

describe('before the plugin api-keys has started', () => {
  const starting = { hasStarted: false };

  it('plugins call each other, also for users', async () => {
    const { handler } = process('catalog', starting);
    for (const onBehalfOf of [
      undefined,
      { limitedUserToken, expiresAt: new Date() },
    ]) {
      const { token } = await handler.issueToken({
        pluginId: 'catalog',
        targetPluginId: 'other',
        onBehalfOf,
      });
      expect(await handler.verifyToken(token)).toMatchObject({
        subject: 'plugin:mcp-actions',
      });
    }
  });

  it('what a key once got is neither good nor bad', async () => {
    const { handler, runtime } = process('catalog', starting);
    runtime.mintedTokens.register(limitedUserToken, KEY);
    await expect(handler.verifyToken(limitedUserToken)).rejects.toThrow(
      ApiKeyVerificationUnavailableError,
    );
  });
});
