import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
// Declared by packages/e2e: otherwise the demo portal would need the configuration that RBAC requires.
// eslint-disable-next-line @backstage/no-undeclared-imports
import rbacPlugin from '@backstage-community/plugin-rbac-backend';
import { findInDatabases } from '../../__testUtils__/findInDatabases';
import { recordLogs } from '../../__testUtils__/recordLogs';
import {
  SharedDatabases,
  sharedDatabases,
} from '../../__testUtils__/sharedDatabases';
import { TestPortal } from '../../__testUtils__/startTestPortal';
import { startStockPortal } from '../../__testUtils__/stockPortal';
import { waitOutStaleness } from '../../__testUtils__/waitOutStaleness';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const ROLES = '/api/permission/roles';
const READERS = 'role:default/readers';

describe.each(databases.eachSupportedId())(
  'RBAC with a key, %s',
  (databaseId: TestDatabaseId) => {
    let shared: SharedDatabases;
    let portal: TestPortal;
    const { logger, lines } = recordLogs();
    const secrets: string[] = [];

    const start = () =>
      startStockPortal({
        shared,
        logger,
        policyModule: rbacPlugin,
        config: {
          permission: {
            enabled: true,
            rbac: {
              pluginsWithPermission: ['catalog', 'permission', 'probe'],
              admin: { superUsers: [{ name: 'user:default/grace' }] },
              defaultPermissions: {
                defaultRole: 'role:default/everybody',
                basicPermissions: [
                  { permission: 'catalog.entity.read', action: 'read' },
                  { permission: 'api-keys.key.create', action: 'create' },
                  { permission: 'api-keys.key.read', action: 'read' },
                  { permission: 'api-keys.key.revoke', action: 'delete' },
                ],
              },
            },
          },
        },
      });

    beforeAll(async () => {
      shared = await sharedDatabases(databases, databaseId);
      portal = await start();
      const grace = await portal.signIn('grace');
      await portal
        .call('post', ROLES, grace)
        .send({ memberReferences: ['user:default/ada'], name: READERS })
        .expect(201);
      await portal
        .call('post', '/api/permission/policies', grace)
        .send([
          {
            entityReference: READERS,
            permission: 'probe.look',
            policy: 'read',
            effect: 'allow',
          },
        ])
        .expect(201);
    });

    afterAll(async () => {
      await portal.stop();
      await shared.remove();
    });

    const keyOf = async (user: string, ...plugins: string[]) => {
      const created = await portal.createKey(user, {
        accessRestrictions:
          plugins.length > 0 ? plugins.map(plugin => ({ plugin })) : undefined,
      });
      secrets.push(created.secret);
      return created;
    };

    const mayLook = async (bearer: string) =>
      (await portal.call('get', '/api/probe/allowed', bearer)).body.allowed;

    it('decides alike for a key and for a session of its owner', async () => {
      for (const [user, isReader] of [
        ['ada', true],
        ['linus', false],
      ] as const) {
        expect(await mayLook(await portal.signIn(user))).toBe(isReader);
        expect(await mayLook((await keyOf(user)).secret)).toBe(isReader);
        expect(await mayLook((await keyOf(user, 'probe')).secret)).toBe(
          isReader,
        );
      }
    });

    it('lets a key do over its REST API what a session may, if the key is for it', async () => {
      const { secret: admin } = await keyOf('grace');
      const { secret: foreign } = await keyOf('grace', 'catalog');
      const { secret: reader } = await keyOf('ada');
      const role = { memberReferences: ['user:default/linus'] };
      const make = (bearer: string, name: string) =>
        portal.call('post', ROLES, bearer).send({ ...role, name });

      await portal.call('get', ROLES, admin).expect(200);
      await make(admin, 'role:default/made').expect(201);
      for (const bearer of [foreign, reader]) {
        await portal.call('get', ROLES, bearer).expect(403);
        await make(bearer, 'role:default/refused').expect(403);
      }
      const { body } = await portal
        .call('get', ROLES, await portal.signIn('grace'))
        .expect(200);
      const names = body.map(({ name }: { name: string }) => name);
      expect(names).toContain('role:default/made');
      expect(names).not.toContain('role:default/refused');
    });

    it('denies a revoked key, on another replica and after a restart', async () => {
      const { key, secret } = await keyOf('ada');
      const { secret: good } = await keyOf('ada');
      expect(await mayLook(secret)).toBe(true);
      await portal
        .call(
          'delete',
          `/api/api-keys/v1/keys/${key.id}`,
          await portal.signIn('ada'),
        )
        .expect(204);
      await waitOutStaleness();
      const other = await start();
      await portal.stop();
      portal = other;
      await portal.call('get', '/api/probe/allowed', secret).expect(401);
      expect(await mayLook(good)).toBe(true);
    });

    it('stores no key in a database or a log', async () => {
      for (const secret of secrets) {
        const { searched, found } = await findInDatabases(shared, secret);
        expect(searched).toContainEqual(expect.stringContaining('casbin_rule'));
        expect(found).toEqual([]);
        expect(lines.filter(line => line.includes(secret))).toEqual([]);
      }
    });
  },
);
