import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const PATH = '/api/probe/whoami';

/** Header as a proxy writes it, and the address that is stored. */
const WRITTEN: [string, string | null][] = [
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:4711', '203.0.113.7'],
  ['[2001:DB8::1]:4711', '2001:db8::1'],
  ['for="[2001:db8::1]:_port"', '2001:db8::1'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['fe80::1%eth0', 'fe80::1'],
  ['unknown', null],
  ['_hidden', null],
  ["<script>'; --", null],
];

describe.each(databases.eachSupportedId())(
  'on %s, of the address that a proxy sends',
  databaseId => {
    let knex: Knex;
    let portal: TestPortal;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      portal = await startTestPortal({
        knex,
        port: await freePort(),
        backend: { trustProxy: 1 },
        apiKeys: { lastUsed: { resolution: '1 second' } },
      });
    });

    afterAll(() => portal.stop());

    const from = (address: string, secret: string) =>
      portal.call('get', PATH, secret).set('X-Forwarded-For', address);

    it.each(WRITTEN)('%j: the last use has %j', async (written, kept) => {
      const { key, secret } = await portal.createKey('ada');
      await from(written, secret).expect(200);
      await eventually(async () => {
        const row = await knex('api_keys').where({ id: key.id }).first();
        expect(Number(row.use_count)).toBe(1);
        expect(row.last_used_ip).toBe(kept);
      });
    });

    it.each(WRITTEN)('%j: a security event has %j', async (written, kept) => {
      const { key, secret } = await portal.createKey('ada');
      const ada = await portal.signIn('ada');
      await portal
        .call('delete', `/api/api-keys/v1/keys/${key.id}`, ada)
        .expect(204);
      await from(written, secret).expect(401);
      await eventually(async () => {
        const [event] = await knex('api_key_events').where({
          key_id: key.id,
          category: 'SECURITY',
        });
        expect(JSON.parse(event.details).ip ?? null).toBe(kept);
      });
    });
  },
);
