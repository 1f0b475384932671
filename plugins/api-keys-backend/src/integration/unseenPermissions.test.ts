import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import { apiKeyServiceFactories } from 'backstage-plugin-api-keys-node';
import { apiKeyPermissionsServiceFactory } from 'backstage-plugin-api-keys-node/internal';
import request from 'supertest';
import { Ledger, ledgerPlugin } from '../__testUtils__/ledgerPlugin';
import {
  endpoints,
  startRemotePlugins,
} from '../__testUtils__/startRemotePlugins';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

describe('in another backend whose permissions service does not support keys', () => {
  let portal: TestPortal;
  let stopRemote: () => Promise<void>;
  let url: string;
  const ledger: Ledger = { written: [] };

  beforeAll(async () => {
    const mainPort = await freePort();
    const port = await freePort();
    url = `http://localhost:${port}/api/ledger`;
    portal = await startTestPortal({
      port: mainPort,
      config: endpoints(port, ['ledger']),
    });
    const remote = await startRemotePlugins({
      port,
      config: {
        ...endpoints(mainPort, ['auth', 'api-keys', 'permission']),
        apiKeys: {
          restrictions: { guardedRoutes: { ledger: ['POST /entries/asked'] } },
        },
      },
      features: [
        ...apiKeyServiceFactories.filter(
          factory => factory !== apiKeyPermissionsServiceFactory,
        ),
        ledgerPlugin(ledger),
      ],
    });
    stopRemote = remote.stop;
  });

  afterAll(async () => {
    await stopRemote();
    await portal.stop();
  });

  async function write(restriction: ApiKeyAccessRestriction) {
    const { secret } = await portal.createKey('ada', {
      accessRestrictions: [restriction],
    });
    return request(url)
      .post('/entries/asked')
      .set('Authorization', `Bearer ${secret}`);
  }

  it('a key for some permissions of a plugin is denied before the plugin does anything', async () => {
    const { status, body } = await write({
      plugin: 'ledger',
      permissionAttribute: { action: ['read'] },
    });
    expect(status).toBe(403);
    expect(body.error.message).toContain('apiKeyPermissionsServiceFactory');
    expect(ledger.written).toEqual([]);
  });

  it('a key for the whole plugin works', async () => {
    const { status } = await write({ plugin: 'ledger' });
    expect(status).toBe(201);
    expect(ledger.written).toEqual(['asked']);
  });
});
