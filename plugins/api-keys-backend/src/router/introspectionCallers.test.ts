import { mockServices } from '@backstage/backend-test-utils';
import { ServiceUnavailableError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

const INTROSPECT = '/api/api-keys/v1/introspect';
const FREE_TOKEN = 'a-static-token-without-restrictions';
const GATEWAY_TOKEN = 'a-static-token-for-introspection';
const READER_TOKEN = 'a-static-token-for-reading-keys';
const CATALOG_TOKEN = 'a-static-token-for-the-catalog';

const TO_INTROSPECT: ApiKeyAccessRestriction = {
  plugin: 'api-keys',
  permission: ['api-keys.introspect'],
};

const externalAccess = [
  { token: FREE_TOKEN },
  { token: GATEWAY_TOKEN, accessRestrictions: [TO_INTROSPECT] },
  {
    token: READER_TOKEN,
    accessRestrictions: [
      { plugin: 'api-keys', permission: ['api-keys.key.read'] },
    ],
  },
  { token: CATALOG_TOKEN, accessRestrictions: [{ plugin: 'catalog' }] },
].map(({ token, ...more }) => ({
  type: 'static',
  options: { token, subject: 'gateway' },
  ...more,
}));

describe('who may introspect', () => {
  let portal: TestPortal;
  let closed: TestPortal;
  let secret: string;

  const start = (permission: { enabled: boolean }) =>
    startTestPortal({
      apiKeys: { admins: ['user:default/linus'] },
      config: { permission },
      backend: {
        auth: { externalAccess },
      } as never,
    });

  beforeAll(async () => {
    portal = await start({ enabled: true });
    closed = await start({ enabled: false });
    ({ secret } = await portal.createKey('linus'));
  });

  beforeEach(() => {
    // Only Grace has the permission.
    portal.policy.current = ({ permission }, user) =>
      permission.name === 'api-keys.introspect' &&
      user?.info.userEntityRef !== 'user:default/grace'
        ? { result: AuthorizeResult.DENY }
        : undefined;
  });

  afterAll(async () => {
    await portal.stop();
    await closed.stop();
  });

  const ask = (bearer: string | undefined, on = portal) =>
    on.call('post', INTROSPECT, bearer).type('form').send({ token: secret });
  const keyOf = async (
    user: string,
    accessRestrictions?: ApiKeyAccessRestriction[],
    on = portal,
  ) => (await on.createKey(user, { accessRestrictions })).secret;
  const pluginToken = async (on: TestPortal) =>
    (await on.call('get', '/api/probe/plugin-token/api-keys')).body.token;

  const CATALOG = [{ plugin: 'probe' }];
  const READING = [{ plugin: 'api-keys', permission: ['api-keys.key.read'] }];

  it.each<[string, number, () => Promise<string | undefined>]>([
    ['a user with the permission', 200, () => portal.signIn('grace')],
    ['a user without', 403, () => portal.signIn('ada')],
    ['an admin by name', 200, () => portal.signIn('linus')],
    ['a key of who has it', 200, () => keyOf('grace')],
    ['a key for that alone', 200, () => keyOf('grace', [TO_INTROSPECT])],
    ['a key of who has it not', 403, () => keyOf('ada', [TO_INTROSPECT])],
    ['a key for another plugin', 403, () => keyOf('grace', CATALOG)],
    ['a key for another permission', 403, () => keyOf('grace', READING)],
    ['a key of an admin by name', 200, () => keyOf('linus', [TO_INTROSPECT])],
    ['such a key for something else', 403, () => keyOf('linus', READING)],
    ['a service', 200, async () => FREE_TOKEN],
    ['a service for that alone', 200, async () => GATEWAY_TOKEN],
    ['a service for something else', 403, async () => READER_TOKEN],
    ['a plugin', 200, () => pluginToken(portal)],
    ['somebody with a wrong token', 401, async () => 'garbage'],
    ['nobody, whatever is asked about', 401, async () => undefined],
  ])('%s: %s', async (_, status, bearer) => {
    const answer = await ask(await bearer());
    expect(answer.status).toBe(status);
    expect(answer.body.active).toBe(status === 200 ? true : undefined);
    expect(answer.text).not.toContain(secret);
  });

  it.each<[string, number, () => Promise<string | undefined>]>([
    ['a user', 403, () => closed.signIn('grace')],
    ['a key', 403, () => keyOf('grace', undefined, closed)],
    ['a service', 403, async () => FREE_TOKEN],
    ['a service for that alone', 403, async () => GATEWAY_TOKEN],
    ['a plugin', 403, () => pluginToken(closed)],
    ['an admin by name', 200, () => closed.signIn('linus')],
    ['such a key', 200, () => keyOf('linus', [TO_INTROSPECT], closed)],
    [
      'such a key for something else',
      403,
      () => keyOf('linus', READING, closed),
    ],
  ])('without the permission framework, %s: %s', async (_, status, bearer) => {
    const answer = await ask(await bearer(), closed);
    expect(answer.status).toBe(status);
  });

  it('refuses tokens for another plugin, as Backstage itself does', async () => {
    const { status } = await fetch(`${portal.url}${INTROSPECT}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${CATALOG_TOKEN}` },
      body: new URLSearchParams({ token: secret }),
    });
    expect(status).toBe(403);
  });

  it('gets a 503 instead of a 403 while the permission policy is unavailable', async () => {
    portal.policy.current = () => {
      throw new ServiceUnavailableError('Shutting down on 10.0.0.7');
    };
    const { status, headers, text } = await ask(await portal.signIn('grace'));
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('5');
    expect(text).not.toMatch(/active|10\.0\.0\.7/);
  });

  it('asks for credentials as RFC 6750 defines', async () => {
    const { headers } = await ask(undefined).expect(401);
    expect(headers['www-authenticate']).toBe('Bearer realm="backstage"');
  });

  it('does not authenticate with the secret in the body', async () => {
    secret = await keyOf('grace');
    await ask(undefined).expect(401);
    await ask(await portal.signIn('ada')).expect(403);
    const { body } = await ask(await portal.signIn('grace')).expect(200);
    expect(body.sub).toBe('user:default/grace');
  });

  it('validates the input only for authorized callers', async () => {
    const ada = await portal.signIn('ada');
    await portal
      .call('post', INTROSPECT, ada)
      .type('form')
      .send('')
      .expect(403);
  });

  it('lets a key for introspection do nothing else', async () => {
    const gateway = await keyOf('grace', [TO_INTROSPECT]);
    for (const path of ['/api/probe/whoami', '/api/api-keys/v1/admin/keys']) {
      await portal.call('get', path, gateway).expect(403);
    }
  });

  it('limits a restricted key of a configured admin to its restrictions', async () => {
    const path = '/api/api-keys/v1/admin/keys';
    const introspects = await keyOf('linus', [TO_INTROSPECT]);
    await portal.call('get', path, introspects).expect(403);
    await closed
      .call('get', path, await keyOf('linus', READING, closed))
      .expect(403);
    await portal.call('get', path, await keyOf('linus')).expect(200);
  });
});

it('what is asked about is in no log and no answer, whatever becomes of it', async () => {
  const log: string[] = [];
  const logger = mockServices.rootLogger.mock({ child: () => logger });
  for (const level of ['info', 'warn', 'error', 'debug'] as const) {
    logger[level].mockImplementation((...line) => {
      log.push(JSON.stringify(line));
    });
  }
  const portal = await startTestPortal({
    logger: logger.factory,
    port: await freePort(),
  });
  const { secret } = await portal.createKey('ada');
  const grace = await portal.signIn('grace');
  const secrets = [secret, generateSecret('bsk')];
  for (const token of secrets) {
    for (const [form, bearer] of [
      [`token=${token}`, grace],
      [`token=${token}`, undefined],
      [`token=${token}&token=${token}`, grace],
      [`token=${token}&client_ip=${token}`, grace],
      [`token=x&${token}=1&${token}=2`, grace],
      [token, grace],
    ] as const) {
      const { text } = await portal
        .call('post', INTROSPECT, bearer)
        .type('form')
        .send(form);
      expect(text).not.toContain(token);
    }
  }
  await portal.stop();
  expect(log.join()).toContain(INTROSPECT);
  for (const one of secrets) expect(log.join()).not.toContain(one);
});
