import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { leakyPlugin } from '../__testUtils__/leakyPlugin';
import {
  SharedDatabases,
  sharedDatabases,
} from '../__testUtils__/sharedDatabases';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';
import { waitOutStaleness } from '../__testUtils__/waitOutStaleness';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'a user token that a plugin stored, %s',
  (databaseId: TestDatabaseId) => {
    let shared: SharedDatabases;
    let first: TestPortal;
    let second: TestPortal;

    const start = async () =>
      startTestPortal({
        port: await freePort(),
        backend: { database: shared.database },
        features: [leakyPlugin('leaky')],
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

    /** Creates a key for `leaky` and `probe` only, and returns its credentials as a plugin stores them. */
    const stored = async () => {
      const created = await first.createKey('ada', {
        accessRestrictions: [{ plugin: 'leaky' }, { plugin: 'probe' }],
      });
      const { body } = await first
        .call('get', '/api/leaky/kept', created.secret)
        .expect(200);
      return { ...created, kept: body };
    };

    /** Returns the response of another plugin to a call with stored credentials. */
    const later = async (portal: TestPortal, plugin: string, kept: object) => {
      const session = await portal.signIn('grace');
      const { status } = await portal
        .call('post', `/api/leaky/later/${plugin}/whoami`, session)
        .send(kept);
      return status;
    };

    it('stays bound to its key on another replica that has never seen the key', async () => {
      const { kept } = await stored();
      expect(await later(second, 'probe', kept)).toBe(200);
      expect(await later(second, 'other', kept)).toBe(403);
    });

    it('stays bound to its key after a restart', async () => {
      const { key, kept } = await stored();
      await first.stop();
      first = await start();
      expect(await later(first, 'other', kept)).toBe(403);
      expect(await later(first, 'probe', kept)).toBe(200);
      await first
        .call(
          'delete',
          `/api/api-keys/v1/keys/${key.id}`,
          await first.signIn('ada'),
        )
        .expect(204);
      expect(await later(first, 'probe', kept)).toBe(401);
    });

    it('is rejected on every replica once its key is revoked, also on one that started later', async () => {
      const { key, kept } = await stored();
      await first
        .call(
          'delete',
          `/api/api-keys/v1/keys/${key.id}`,
          await first.signIn('ada'),
        )
        .expect(204);
      await waitOutStaleness();
      const third = await start();
      expect(await later(first, 'probe', kept)).toBe(401);
      expect(await later(second, 'probe', kept)).toBe(401);
      expect(await later(third, 'probe', kept)).toBe(401);
      await third.stop();
    });

    it('grants no more than its key when sent as a bearer token, on any replica', async () => {
      const { secret } = await stored();
      const { body } = await first
        .call('get', '/api/leaky/leak/probe', secret)
        .expect(200);
      await second.call('get', '/api/probe/whoami', body.full).expect(200);
      await second.call('get', '/api/other/whoami', body.full).expect(403);
    });

    it.each([
      ['a restricted key', [{ plugin: 'leaky' }, { plugin: 'probe' }]],
      ['a key without restrictions', undefined],
    ])(
      'is rejected on another replica as a token for a call or in a cookie, once %s is revoked',
      async (_, accessRestrictions) => {
        const { key, secret } = await first.createKey('ada', {
          accessRestrictions,
        });
        const { body } = await first
          .call('get', '/api/leaky/leak/probe', secret)
          .expect(200);
        const present = async (portal: TestPortal, plugin = 'probe') => {
          const call = portal.call('get', `/api/${plugin}/whoami`, body.call);
          const cookie = portal
            .call('get', `/api/${plugin}/cookie-route`)
            .set('Cookie', `backstage-auth=${body.limited}`);
          return [(await call).status, (await cookie).status];
        };
        expect(await present(second)).toEqual([200, 200]);
        // The token for a call is for one plugin, a cookie is not.
        expect(await present(second, 'other')).toEqual([
          401,
          accessRestrictions ? 403 : 200,
        ]);
        await first
          .call(
            'delete',
            `/api/api-keys/v1/keys/${key.id}`,
            await first.signIn('ada'),
          )
          .expect(204);
        await waitOutStaleness();
        const third = await start();
        for (const portal of [first, second, third]) {
          expect(await present(portal)).toEqual([401, 401]);
        }
        await third.stop();
      },
    );

    it('of a session works as before on both replicas', async () => {
      const { body } = await first
        .call('get', '/api/leaky/kept', await first.signIn('ada'))
        .expect(200);
      expect(await later(second, 'other', body)).toBe(200);
    });
  },
);
