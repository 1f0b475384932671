import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { parse } from 'yaml';
import { readDocument, snippetsOf } from '../__testUtils__/docs';
import { probePlugin } from '../__testUtils__/probePlugin';
import { startTestPortal } from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const KEYS = '/api/api-keys/v1/keys';
const PROBE = '/api/probe/whoami';

describe.each(databases.eachSupportedId())(
  'the answers in docs/faq.md, on %s',
  databaseId => {
    it('keys stop working without the plugin and work again with it, even with other signing keys', async () => {
      const knex = await databases.init(databaseId);
      const before = await startTestPortal({ knex });
      const { key, secret } = await before.createKey('ada');
      await before.call('get', PROBE, secret).expect(200);
      await before.stop();

      const [yaml] = snippetsOf(readDocument('docs/faq.md'), 'yaml');
      const off = await startTestPortal({ knex, ...parse(yaml) });
      await off.call('get', PROBE, secret).expect(401);
      await off.call('get', PROBE).set('X-API-Key', secret).expect(401);
      await off.call('get', PROBE).auth('me', secret).expect(401);
      await off.call('get', `${PROBE}?api_key=${secret}`).expect(401);
      const ada = await off.signIn('ada');
      const { body } = await off.call('get', KEYS, ada).expect(200);
      expect(body.items).toMatchObject([{ id: key.id, status: 'active' }]);
      await off.stop();

      // The auth plugin of each test portal has its own signing keys.
      const after = await startTestPortal({ knex });
      await after.call('get', PROBE, secret).expect(200);
      await after.stop();
    });
  },
);

describe('the answers in docs/faq.md', () => {
  it('a user without a catalog entity cannot create keys', async () => {
    const portal = await startTestPortal({});
    const ada = await portal.signIn('ada');
    const create = () => portal.call('post', KEYS, ada).send({ name: 'early' });
    const forgotten = jest
      .spyOn(portal.catalog, 'getEntityByRef')
      .mockResolvedValue(undefined);
    const refused = await create().expect(400);
    expect(refused.body.error.message).toContain('must be in the catalog');

    forgotten.mockRestore();
    const { body } = await create().expect(201);
    await portal.call('get', PROBE, body.secret).expect(200);
    await portal.stop();
  });

  it('a policy can deny new keys and leaves existing ones unchanged', async () => {
    const portal = await startTestPortal({});
    const { secret } = await portal.createKey('ada');
    portal.policy.current = ({ permission }) =>
      ['api-keys.key.create', 'api-keys.key.rotate'].includes(permission.name)
        ? { result: AuthorizeResult.DENY }
        : undefined;
    const ada = await portal.signIn('ada');
    await portal.call('post', KEYS, ada).send({ name: 'new' }).expect(403);
    await portal
      .call('post', '/api/api-keys/v1/self/rotate', secret)
      .expect(403);
    await portal.call('get', PROBE, secret).expect(200);
    await portal.stop();
  });

  it('without the plugin, a key is a token that Backstage does not know', async () => {
    const portal = await startTestPortal({});
    const { secret } = await portal.createKey('ada');
    await portal.stop();

    const backend = await startTestBackend({
      features: [
        authServiceFactory,
        httpAuthServiceFactory,
        mockServices.rootConfig.factory({
          data: { backend: { baseUrl: 'http://localhost' } },
        }),
        probePlugin('probe'),
      ],
    });
    await request(backend.server)
      .get(PROBE)
      .set('Authorization', `Bearer ${secret}`)
      .expect(401);
    await backend.stop();
  });
});
