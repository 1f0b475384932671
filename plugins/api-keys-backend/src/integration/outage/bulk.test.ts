import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { EVERY_OPERATION } from '../../__testUtils__/everyOperation';
import {
  startTestPortal,
  TestPortal,
} from '../../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const ADMIN = '/api/api-keys/v1/admin';
const POLICY = `${ADMIN}/owners/group:default%2Fteam-a/policy`;

describe.each(databases.eachSupportedId())(
  'a bulk change that fails in the middle, on %s',
  databaseId => {
    let knex: Knex;
    let portal: TestPortal;
    let token: string;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      portal = await startTestPortal({ knex, apiKeys: EVERY_OPERATION });
      token = await portal.signIn('ada');
      await portal.call('get', `${ADMIN}/summary`, token).expect(200);
    });

    afterEach(() => knex.removeAllListeners('query'));
    afterAll(() => portal.stop());

    /** Makes statements of a kind fail from the nth on, as if the connection had closed. */
    function failAt(nth: number, statement: RegExp) {
      let count = 0;
      knex.on('query', ({ sql }) => {
        if (!statement.test(sql)) return;
        count += 1;
        if (count < nth) return;
        throw Object.assign(new Error('read ECONNRESET'), {
          code: 'ECONNRESET',
        });
      });
    }

    const createKeys = async (...users: string[]) => {
      const ids: string[] = [];
      for (const user of users) {
        ids.push((await portal.createKey(user)).key.id);
      }
      return ids;
    };

    it('reports how many keys were revoked before', async () => {
      const ids = await createKeys('ada', 'ada', 'ada');
      failAt(3, /^update .api_keys. set .revoked_at/);
      const { body } = await portal
        .call('post', `${ADMIN}/revoke`, token)
        .send({ ids, reason: 'admin' })
        .expect(503);
      expect(body.error.change).toBe('unknown');
      expect(body.error.message).toContain('Keys that were revoked before: 2.');
      const revoked = await knex('api_keys')
        .whereIn('id', ids)
        .whereNotNull('revoked_at');
      expect(revoked).toHaveLength(2);
    });

    it('reports that nothing was changed if the first revocation fails', async () => {
      const ids = await createKeys('ada');
      failAt(1, /^update .api_keys. set .revoked_at/);
      const { body } = await portal
        .call('post', `${ADMIN}/revoke`, token)
        .send({ ids, reason: 'admin' })
        .expect(503);
      expect(body.error.change).toBe('none');
      expect(body.error.message).toContain('Nothing was changed');
    });

    it('reports how many keys were transferred before', async () => {
      const ids = await createKeys('ada', 'linus');
      failAt(2, /^update .api_keys. set .owner/);
      const { body } = await portal
        .call('post', `${ADMIN}/transfer`, token)
        .send({ ids, owner: 'group:default/team-b' })
        .expect(503);
      expect(body.error.change).toBe('unknown');
      expect(body.error.message).toContain(
        'Keys that were transferred before: 1.',
      );
    });

    it('reports that a policy is changed but not yet applied to keys', async () => {
      await createKeys('grace');
      failAt(1, /^select .* from .api_key_owners. /);
      const { body } = await portal
        .call('put', POLICY, token)
        .send({ lifetime: { max: 'P1D' } })
        .expect(503);
      expect(body.error.change).toBe('unknown');
      expect(body.error.message).toContain('The policy is changed');
      const [{ override }] = await knex('api_key_policies');
      expect(JSON.parse(override)).toMatchObject({ lifetime: {} });
    });
  },
);
