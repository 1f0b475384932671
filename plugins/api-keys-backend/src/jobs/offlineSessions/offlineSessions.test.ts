import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import { eventually } from '../../__testUtils__/eventually';
import { offboardingOn } from '../../__testUtils__/offboardingOn';
import {
  OFFLINE_AUTH,
  startOfflineSession,
} from '../../__testUtils__/offlineSession';
import {
  startTestPortal,
  TestPortal,
} from '../../__testUtils__/startTestPortal';
import { Audit } from '../../observability/audit/Audit';
import { openStores, Stores } from '../../database/stores';
import { AuthPluginSessions } from './AuthPluginSessions';
import { OfflineSessions } from './OfflineSessions';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const ADA = 'user:default/ada';
const LINUS = 'user:default/linus';
const REVOKE = '/api/api-keys/v1/admin/revoke';

describe.each(databases.eachSupportedId())(
  'offline sessions of owners, on %s',
  databaseId => {
    let knex: Knex;
    let stores: Stores;
    let portal: TestPortal;

    const start = async (auth: JsonObject = OFFLINE_AUTH) => {
      portal = await startTestPortal({ knex, config: { auth } });
    };

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      stores = await openStores({
        database: mockServices.database({ knex }),
      });
    });

    beforeEach(async () => {
      await knex('api_keys').delete();
      await knex('api_key_owners').delete();
    });

    afterEach(async () => {
      jest.restoreAllMocks();
      await portal.stop();
    });

    const revoke = async (body: object) =>
      portal
        .call('post', REVOKE, await portal.signIn('grace'))
        .send({ reason: 'offboarded', ...body });
    const requested = async () => {
      const owners = await stores.owners.list({
        limit: 10,
        sessionEndRequested: true,
      });
      return owners.map(({ ref }) => ref);
    };

    /** Ends sessions as the scheduler does, with the token of a plugin of the portal. */
    function sessionsOf(baseUrl = `${portal.url}/api/auth`) {
      const logger = mockServices.logger.mock();
      const auditor = mockServices.auditor.mock();
      const auth = mockServices.auth.mock({
        getPluginRequestToken: async () => {
          const path = '/api/probe/plugin-token/auth';
          const { body } = await portal.call('get', path).expect(200);
          return body;
        },
      });
      const discovery = mockServices.discovery.mock({
        getBaseUrl: async () => baseUrl,
      });
      const sessions = new AuthPluginSessions({ auth, discovery, logger });
      const audit = new Audit({ auditor, logger });
      return {
        logger,
        auditor,
        offline: new OfflineSessions({ stores, sessions, audit, logger }),
      };
    }

    describe('whose keys an admin revokes', () => {
      beforeEach(() => start());

      it('end, and those of others do not', async () => {
        await portal.createKey('ada');
        const ofAda = await startOfflineSession(portal, 'ada');
        const ofLinus = await startOfflineSession(portal, 'linus');
        expect(await ofAda.refresh()).toBe(200);
        const { status, body } = await revoke({
          filter: { owner: 'User:default/Ada' },
        });
        expect({ status, ...body }).toMatchObject({ status: 200, revoked: 1 });
        await eventually(async () => {
          expect(await requested()).toEqual([]);
        });
        expect(await ofAda.refresh()).toBe(400);
        expect(await ofLinus.refresh()).toBe(200);
      });

      it.each([
        ['only tried', { filter: { owner: ADA }, dryRun: true }],
        ['for some of them', { filter: { owner: ADA, q: 'ci' } }],
        ['for those of a group', { filter: { owner: 'group:default/team-a' } }],
      ])('go on if that is %s', async (_, body) => {
        await portal.createKey('ada');
        const session = await startOfflineSession(portal, 'ada');
        expect((await revoke(body)).status).toBe(200);
        expect(await requested()).toEqual([]);
        expect(await session.refresh()).toBe(200);
      });
    });

    it('end when the owner has left the catalog permanently, also if the name is taken again', async () => {
      await start();
      await portal.createKey('linus');
      const session = await startOfflineSession(portal, 'linus');
      const { getEntitiesByRefs } = portal.catalog;
      jest
        .spyOn(portal.catalog, 'getEntitiesByRefs')
        .mockImplementation(async (request, options) => {
          const { items } = await getEntitiesByRefs.call(
            portal.catalog,
            request,
            options,
          );
          const has = (i: number) => request.entityRefs[i] !== LINUS;
          return { items: items.map((it, i) => (has(i) ? it : undefined)) };
        });
      await offboardingOn(stores, portal.catalog, { revokeAfter: 0 }).run();
      jest.restoreAllMocks();
      expect(await requested()).toEqual([LINUS]);
      expect(await session.refresh()).toBe(200);

      const { offline, logger, auditor } = sessionsOf();
      await offline.endRequested();
      expect(await session.refresh()).toBe(400);
      expect(await requested()).toEqual([]);
      expect(logger.info).toHaveBeenCalledWith(
        `Ended 1 offline sessions of ${LINUS}`,
      );
      expect(auditor.createEvent).toHaveBeenCalledWith({
        eventId: 'owner-sessions-end',
        severityLevel: 'high',
        meta: { owner: LINUS, endedSessions: 1 },
      });
    });

    it('end when another person has the name of the owner', async () => {
      await start();
      await portal.createKey('linus');
      await stores.keys.withOwnerLock(LINUS, keys =>
        keys.changeIdentity({ type: 'replaced', identity: { ids: {} } }, 1),
      );
      expect(await requested()).toEqual([LINUS]);
    });

    it('end later if the auth plugin is down, which the log and the task report', async () => {
      await start();
      const session = await startOfflineSession(portal, 'ada');
      await stores.keys.withOwnerLock(ADA, keys => keys.requestSessionEnd(1));
      const away = sessionsOf('http://127.0.0.1:1');
      await expect(away.offline.endRequested()).rejects.toThrow();
      expect(away.logger.error).toHaveBeenCalledWith(
        expect.stringContaining(`the offline sessions of ${ADA}`),
        expect.objectContaining({ message: 'fetch failed' }),
      );
      const failing = sessionsOf(`${portal.url}/api/probe/whoami?`);
      await expect(failing.offline.endRequested()).rejects.toThrow('401');
      expect(await requested()).toEqual([ADA]);

      await sessionsOf().offline.endRequested();
      expect(await requested()).toEqual([]);
      expect(await session.refresh()).toBe(400);
    });

    it('are not ended for a group', async () => {
      await start();
      const team = 'group:default/team-a';
      await stores.keys.withOwnerLock(team, keys => keys.requestSessionEnd(1));
      expect(await requested()).toEqual([]);
    });

    it('are looked for again if another request arrives meanwhile', async () => {
      await start();
      await stores.keys.withOwnerLock(ADA, keys => keys.requestSessionEnd(2));
      await stores.owners.recordSessionEnd(ADA, 1);
      expect(await requested()).toEqual([ADA]);
      await stores.owners.recordSessionEnd(ADA, 2);
      expect(await requested()).toEqual([]);
    });

    it('cause no error if the auth plugin has none', async () => {
      await start({ providers: { test: {}, 'api-key': {} } });
      await stores.keys.withOwnerLock(ADA, keys => keys.requestSessionEnd(1));
      const { offline, logger, auditor } = sessionsOf();
      await offline.endRequested();
      expect(await requested()).toEqual([]);
      expect(logger.debug).toHaveBeenCalledWith(
        expect.stringContaining('no offline sessions'),
      );
      for (const said of [logger.info, logger.warn, logger.error]) {
        expect(said).not.toHaveBeenCalled();
      }
      expect(auditor.createEvent).not.toHaveBeenCalled();
    });
  },
);
