import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Router } from 'express';
import request from 'supertest';
import { apiKeysServiceRef } from '..';
import { apiKeysServiceMock, mockApiKeyCredentials } from '../testUtils';

const BOT = 'user:default/bot';
const ADA = 'user:default/ada';

describe('a plugin of another author, in a test with keys', () => {
  const ordersPlugin = createBackendPlugin({
    pluginId: 'orders',
    register(reg) {
      reg.registerInit({
        deps: {
          apiKeys: apiKeysServiceRef,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
        },
        async init({ apiKeys, httpAuth, httpRouter }) {
          const router = Router();
          router.get('/key', async (req, res) => {
            const key = await apiKeys.keyOf(await httpAuth.credentials(req));
            res.json(key ?? null);
          });
          httpRouter.use(router);
        },
      });
    },
  });

  it('sees the key of its subject, and no key of other users', async () => {
    const keys = [{ id: 'ci', subject: BOT, scopes: ['orders.read'] }];
    const { server } = await startTestBackend({
      features: [ordersPlugin, apiKeysServiceMock.factory({ keys })],
    });
    const keyOf = async (user: string) => {
      const { body } = await request(server)
        .get('/api/orders/key')
        .set('Authorization', mockCredentials.user.header(user));
      return body;
    };
    const expected = { id: 'ci', owner: BOT, subject: BOT };
    expect(await keyOf(BOT)).toEqual({ ...expected, scopes: ['orders.read'] });
    expect(await keyOf(ADA)).toBeNull();
  });
});

it('finds the key of credentials and of a secret', async () => {
  const apiKeys = apiKeysServiceMock({
    keys: [{ subject: BOT, owner: 'group:default/ci', secret: 'good' }],
  });
  expect(await apiKeys.keyOf(mockApiKeyCredentials({ subject: BOT }))).toEqual({
    id: 'key-0',
    owner: 'group:default/ci',
    subject: BOT,
    scopes: [],
  });
  expect(await apiKeys.verify('good')).toMatchObject({ accepted: true });
  expect(await apiKeys.verify('bad')).toEqual({
    accepted: false,
    reason: 'The API key is unknown',
  });
  expect(await apiKeysServiceMock().verify('good')).toMatchObject({
    accepted: false,
  });
});
