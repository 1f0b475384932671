import {
  BackendFeature,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { connectMcp, mcpFeatures } from '../__testUtils__/mcp';
import { ServedApp, servedApp } from '../__testUtils__/servedApp';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

const MCP = '/api/mcp-actions/v1';
const PROTECTED_RESOURCE = '/.well-known/oauth-protected-resource';
const AUTHORIZATION_SERVER = '/.well-known/oauth-authorization-server';
const OPENID = '/.well-known/openid-configuration';
/** Origin of an MCP client that runs in a browser. */
const INSPECTOR = 'https://inspector.example.com';
const NO_OAUTH =
  'This portal has no OAuth for clients: send an API key in the header Authorization. If you sent one, it is not accepted here, and the first answer says why';

/** Configuration of the app, on which it depends how its page is served. */
const BUILDS: [string, JsonObject][] = [
  ['as it was built', { disableConfigInjection: true }],
  ['with its configuration', { disableConfigInjection: false }],
];

describe('a backend that serves no app', () => {
  const start = (features: BackendFeature[] = []) =>
    startTestPortal({ features: [...mcpFeatures, ...features] });

  it('shows a client that wants to log in why its key is rejected', async () => {
    const portal = await start();
    await expect(
      connectMcp(portal, generateSecret('bsk'), { logsIn: true }),
    ).rejects.toThrow(/^The API key is unknown$/);
    await portal.stop();
  });

  it('does not handle registrations if a plugin has a route for them', async () => {
    const portal = await start([
      createBackendPlugin({
        pluginId: 'registrations',
        register: reg =>
          reg.registerInit({
            deps: { rootHttpRouter: coreServices.rootHttpRouter },
            init: async ({ rootHttpRouter }) =>
              rootHttpRouter.use('/register', (_req, res) => {
                res.status(201).json({ client_id: 'x' });
              }),
          }),
      }),
    ]);
    const response = await fetch(`${portal.url}/register`, { method: 'POST' });
    expect(await response.json()).toEqual({ client_id: 'x' });
    await portal.stop();
  });
});

describe.each(BUILDS)('a backend that serves the app %s', (_, build) => {
  let app: ServedApp;
  let portal: TestPortal;

  const start = async (options: {
    apiKeys?: JsonObject;
    config?: JsonObject;
  }) =>
    startTestPortal({
      ...options,
      config: { ...options.config, app: { ...app.config, ...build } },
      // As in production: with compression, security headers and CORS.
      port: await freePort(),
      backend: { cors: { origin: INSPECTOR } },
      features: [...mcpFeatures, ...app.features],
    });

  beforeAll(async () => {
    app = servedApp();
    portal = await start({});
  });

  afterAll(async () => {
    await portal.stop();
    app.remove();
  });

  const get = (path: string) => fetch(`${portal.url}${path}`);

  it.each([
    PROTECTED_RESOURCE,
    `${PROTECTED_RESOURCE}/`,
    `${PROTECTED_RESOURCE}${MCP}`,
    `${PROTECTED_RESOURCE}${MCP}?server=1`,
    AUTHORIZATION_SERVER,
    `${AUTHORIZATION_SERVER}/api/auth`,
    OPENID,
    `${OPENID}${MCP}`,
  ])('responds in JSON that there is no metadata at %s', async path => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({
      error: { name: 'NotFoundError', message: NO_OAUTH },
      response: { statusCode: 404 },
    });
  });

  it('responds likewise to HEAD', async () => {
    const response = await fetch(`${portal.url}${PROTECTED_RESOURCE}`, {
      method: 'HEAD',
    });
    expect(response.status).toBe(404);
  });

  it('adds the headers that Backstage sets on all responses', async () => {
    const response = await fetch(`${portal.url}${PROTECTED_RESOURCE}`, {
      headers: { Origin: INSPECTOR },
    });
    expect(response.headers.get('access-control-allow-origin')).toBe(INSPECTOR);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each(['/', '/catalog', '/register', '/.well-known/change-password'])(
    'serves the app at %s',
    async path => {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('<title>Portal</title>');
    },
  );

  it('serves metadata that is a file of the app', async () => {
    const metadata = { issuer: 'https://login.example.com' };
    app.addFile(`${AUTHORIZATION_SERVER}/login.json`, JSON.stringify(metadata));
    const response = await get(`${AUTHORIZATION_SERVER}/login.json`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(metadata);
  });

  it.each([
    { experimentalDynamicClientRegistration: { enabled: true } },
    { clientIdMetadataDocuments: { enabled: true } },
    {
      staticClients: [
        { clientId: 'ide', redirectUris: ['http://localhost:8080/callback'] },
      ],
    },
  ])('serves the metadata of Backstage with %j', async feature => {
    const withOAuth = await start({
      config: {
        auth: {
          providers: { test: {}, 'api-key': {} },
          ...feature,
        },
      },
    });
    const metadata = await Promise.all(
      [`${PROTECTED_RESOURCE}${MCP}`, AUTHORIZATION_SERVER].map(async path => {
        const response = await fetch(`${withOAuth.url}${path}`);
        expect(response.status).toBe(200);
        return response.json();
      }),
    );
    expect(metadata).toEqual([
      expect.objectContaining({ authorization_servers: [expect.anything()] }),
      expect.objectContaining({ issuer: expect.anything() }),
    ]);
    await withOAuth.stop();
  });

  it('shows a client that wants to log in why its key is rejected', async () => {
    const { key, secret } = await portal.createKey('ada');
    await portal
      .call(
        'delete',
        `/api/api-keys/v1/keys/${key.id}`,
        await portal.signIn('ada'),
      )
      .expect(204);
    await expect(connectMcp(portal, secret, { logsIn: true })).rejects.toThrow(
      /^The API key was revoked on/,
    );
  });

  it('shows a client that wants to log in what to send instead', async () => {
    await expect(
      connectMcp(portal, 'no-key', { logsIn: true }),
    ).rejects.toThrow(NO_OAUTH);
  });

  it('shows a client whose key is for other plugins that the key is not accepted', async () => {
    const { secret } = await portal.createKey('ada', {
      accessRestrictions: [{ plugin: 'probe' }],
    });
    await expect(connectMcp(portal, secret, { logsIn: true })).rejects.toThrow(
      NO_OAUTH,
    );
  });

  it('counts keys that are tried at the registration endpoint', async () => {
    const limited = await start({
      apiKeys: { limits: { failuresPerIp: { max: 2 } } },
    });
    const register = async () => {
      const response = await fetch(`${limited.url}/register`, {
        method: 'POST',
        headers: {
          Authorization: 'Bearer bsk_mistyped',
          'Content-Type': 'application/json',
        },
        body: '{}',
      });
      const { error_description: description } = await response.json();
      return description;
    };
    await register();
    await register();
    expect(await register()).toMatch(/Too many/i);
    await limited.stop();
  });
});
