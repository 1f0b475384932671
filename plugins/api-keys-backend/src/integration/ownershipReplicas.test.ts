import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { exchangeAsPlugin } from '../__testUtils__/exchangeAsPlugin';
import {
  SharedDatabases,
  sharedDatabases,
} from '../__testUtils__/sharedDatabases';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const ADA = 'user:default/ada';
const TEAM_A = 'group:default/team-a';
const KEYS = '/api/api-keys/v1/keys';

describe.each(databases.eachSupportedId())(
  'the ownership of a key, on every replica, %s',
  (databaseId: TestDatabaseId) => {
    let shared: SharedDatabases;
    let first: TestPortal;
    let second: TestPortal;

    const start = async () =>
      startTestPortal({
        port: await freePort(),
        backend: { database: shared.database },
      });

    beforeAll(async () => {
      shared = await sharedDatabases(databases, databaseId);
      first = await start();
      second = await start();
    });

    afterAll(async () => {
      await first.stop();
      await second.stop();
      await shared.remove();
    });

    const createInSession = async (portal: TestPortal, ...owned: string[]) => {
      const { body } = await portal
        .call('post', KEYS, await portal.signIn(ADA, owned))
        .send({ name: 'ci' })
        .expect(201);
      return body as { key: { id: string }; secret: string };
    };
    const owned = async (portal: TestPortal, bearer: string) => {
      const { body } = await portal
        .call('get', '/api/probe/whoami', bearer)
        .expect(200);
      return body.info.ownershipEntityRefs;
    };
    const ownedAccordingToAuth = async (portal: TestPortal, token: string) => {
      const { body } = await portal
        .call('get', '/api/auth/v1/userinfo', token)
        .expect(200);
      return body.claims.ent;
    };

    it('equals its cap, also on a replica that has never seen the key', async () => {
      const { secret } = await createInSession(first, ADA);
      const token = await exchangeAsPlugin(first, secret);
      // From here on, the auth plugin caches all that Ada owns.
      await first.signIn('ada');
      expect(await owned(second, secret)).toEqual([ADA]);
      expect(await owned(second, token)).toEqual([ADA]);
      expect(await ownedAccordingToAuth(second, token)).toEqual([ADA]);
    });

    it('stays the same after a restart, for an earlier user token', async () => {
      const { secret } = await createInSession(first, ADA);
      const token = await exchangeAsPlugin(first, secret);
      await first.signIn('ada');
      await first.stop();
      first = await start();
      expect(await owned(first, token)).toEqual([ADA]);
      expect(await ownedAccordingToAuth(first, token)).toEqual([ADA]);
      expect(await owned(first, secret)).toEqual([ADA]);
    });

    it('does not affect sessions on either replica', async () => {
      const { secret } = await createInSession(first, ADA, TEAM_A);
      const session = await first.signIn(ADA, [ADA]);
      for (const portal of [first, second]) {
        await exchangeAsPlugin(portal, secret);
        expect(await owned(portal, secret)).toEqual([ADA, TEAM_A]);
      }
      for (const portal of [first, second]) {
        expect(await ownedAccordingToAuth(portal, session)).toEqual([ADA]);
        expect(await owned(portal, session)).toEqual([ADA]);
      }
    });
  },
);
