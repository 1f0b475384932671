import { readdirSync } from 'node:fs';
import { TestDatabases } from '@backstage/backend-test-utils';
import notificationsPlugin from '@backstage/plugin-notifications-backend';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import { company } from '../__testUtils__/company';
import { eventually } from '../__testUtils__/eventually';
import { realCatalog } from '../__testUtils__/realCatalog';
import {
  MIGRATIONS,
  releaseSnapshots,
  restore,
  SnapshotKey,
} from '../__testUtils__/releaseSnapshots';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { onlyGraceAdministers } from '../__testUtils__/testPolicy';
import { fakeDate } from '../__testUtils__/warnerOn';

const API = '/api/api-keys/v1';
const SELF = `${API}/self`;
const CATALOG = '/api/catalog/entities/by-name/user/default/linus';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const cases = releaseSnapshots.flatMap(snapshot =>
  databases
    .eachSupportedId()
    .map(([databaseId]) => ({ ...snapshot, snapshot, databaseId })),
);

describe.each(cases)(
  'a database that $version wrote, on $databaseId,',
  ({ snapshot, databaseId }) => {
    let knex: Knex;
    let portal: TestPortal;

    beforeAll(async () => {
      // Keys end by the clock, so it continues from the time of the snapshot.
      fakeDate(Date.parse(snapshot.recordedAt), { runs: true });
      knex = await databases.init(databaseId);
      await restore(knex, snapshot);
      portal = await startTestPortal({
        knex,
        apiKeys: snapshot.apiKeys,
        // The database of the auth plugin has its own clock.
        config: {
          auth: {
            providers: { test: {}, 'api-key': {} },
            keyStore: { provider: 'memory' },
          },
        },
        features: [...realCatalog(company), notificationsPlugin],
      });
      portal.policy.current = onlyGraceAdministers;
      const grace = await portal.signIn('grace');
      await eventually(async () => {
        await portal.call('get', CATALOG, grace).expect(200);
      });
    });

    afterAll(async () => {
      await portal?.stop();
      jest.useRealTimers();
    });

    const find = (name: string) =>
      snapshot.keys.find(key => key.name.startsWith(`${name} (`))!;
    const snapshotKeys = () => snapshot.reads[0].body.items as ApiKey[];

    /** Returns the status, and the reason for an ended key. */
    async function answerTo(path: string, { secret }: { secret: string }) {
      const { status, headers } = await portal.call('get', path, secret);
      const challenge = headers['www-authenticate'] ?? '';
      const [reason] = challenge.match(/revoked|expired|inactive/) ?? [];
      return [status, reason].filter(Boolean).join(' ');
    }

    /**
     * A key for some permissions of a plugin gets a 403 where the plugin checks none of them. Up to 0.1.0, the plugin's
     * own response to a caller without the permission was sent.
     */
    const answerOfToday = (answer: string, { name }: { name: string }) =>
      name.startsWith('For locations') && answer === '404' ? '403' : answer;

    /**
     * The time of a warning depends on thresholds and rules that change between releases: 0.1.0 also warned in the
     * first half of a lifetime.
     */
    const whateverTheRules = (path: string, body: any) =>
      path.includes('/admin/warnings')
        ? {
            ...body,
            items: body.items
              .map(({ dueAt, threshold, ...rest }: any) => rest)
              .sort((a: any, b: any) =>
                `${a.endsAt}${a.kind}`.localeCompare(`${b.endsAt}${b.kind}`),
              ),
          }
        : body;

    it('gets the later migrations', async () => {
      const applied = await knex('knex_migrations').orderBy('id').pluck('name');
      expect(applied).toEqual(readdirSync(MIGRATIONS).sort());
    });

    it.each(snapshot.reads)('shows $user the same at $path', async read => {
      const { body } = await portal
        .call('get', read.path, await portal.signIn(read.user))
        .expect(200);
      expect(whateverTheRules(read.path, body)).toMatchObject(
        whateverTheRules(read.path, read.body),
      );
    });

    it.each(snapshot.keys.filter(({ answers }) => answers))(
      'has the key "$name", which gets the same responses',
      async key => {
        for (const [path, answer] of Object.entries(key.answers!)) {
          expect({ path, answer: await answerTo(path, key) }).toEqual({
            path,
            answer: answerOfToday(answer, key),
          });
        }
        const { body } = await portal
          .call('post', `${API}/introspect`, await portal.signIn('grace'))
          .type('form')
          .send({ token: key.secret, client_ip: '127.0.0.1' })
          .expect(200);
        expect(body).toMatchObject(key.introspection!);
      },
    );

    it.each(snapshot.keys.filter(isWhoItsSubjectIs))(
      'has the key "$name", which identifies its user or team in any plugin',
      async ({ secret, introspection }) => {
        const { body } = await portal
          .call('get', '/api/probe/whoami', secret)
          .expect(200);
        expect(body.principal.userEntityRef).toBe(introspection!.sub);
      },
    );

    it('continues to count uses', async () => {
      const key = find('Nightly build');
      const { useCount } = snapshotKeys().find(({ id }) => id === key.keyId)!;
      await eventually(async () => {
        const { body } = await portal.call('get', SELF, key.secret).expect(200);
        expect(body.useCount).toBeGreaterThan(useCount);
      });
    });

    it('has a rotated key that the first use of its successor ends', async () => {
      const successor = snapshot.keys.find(({ answers }) => !answers)!;
      const { predecessorId } = snapshotKeys().find(
        ({ id }) => id === successor.keyId,
      )!;
      const predecessor = snapshot.keys.find(
        ({ keyId }) => keyId === predecessorId,
      )!;
      expect(await answerTo(SELF, predecessor)).toBe('200');
      expect(await answerTo(SELF, successor)).toBe('200');
      expect(await answerTo(SELF, predecessor)).toBe('401 revoked');
    });

    it.each([
      'Made under no pepper',
      'Made under the first pepper',
      "The team's",
    ])('has the key "%s", which can be rotated and revoked', async name => {
      const key = find(name);
      const { body: successor } = await portal
        .call('post', `${API}/self/rotate`, key.secret)
        .expect(201);
      expect(successor.key.predecessorId).toBe(key.keyId);
      expect(await answerTo(CATALOG, successor)).toBe('200');
      expect(await answerTo(CATALOG, key)).toBe('401 revoked');

      const ada = await portal.signIn('ada');
      await portal
        .call('delete', `${API}/keys/${successor.key.id}`, ada)
        .expect(204);
      expect(await answerTo(CATALOG, successor)).toBe('401 revoked');
      const { body: trail } = await portal
        .call('get', `${API}/keys/${key.keyId}/events`, ada)
        .expect(200);
      const types = trail.items.map(({ type }: { type: string }) => type);
      expect(types).toEqual(expect.arrayContaining(['created', 'rotated']));
    });

    it('has an inactive key that its owner can reactivate', async () => {
      const key = find('Inactive');
      await portal
        .call(
          'post',
          `${API}/keys/${key.keyId}/keep-alive`,
          await portal.signIn('ada'),
        )
        .expect(200);
      expect(await answerTo(CATALOG, key)).toBe('200');
    });

    it('has policies that apply until an admin removes them', async () => {
      const key = find('Cut short by a policy');
      const linus = await portal.signIn('linus');
      const create = () =>
        portal
          .call('post', `${API}/keys`, linus)
          .send({ name: 'Of another release', expiresAt: null });
      await create().expect(400);
      expect(await answerTo(CATALOG, key)).toBe('403');

      await portal
        .call(
          'delete',
          `${API}/admin/owners/user%3Adefault%2Flinus/policy`,
          await portal.signIn('grace'),
        )
        .expect(204);

      await create().expect(201);
      expect(await answerTo(CATALOG, key)).toBe('200');
    });

    // Runs last, since it advances the clock beyond the snapshot.
    it('has keys that end at their recorded time', async () => {
      const ending = snapshotKeys()
        .filter(({ status, expiresAt }) => status === 'active' && expiresAt)
        .filter(({ inactivityTimeout }) => !inactivityTimeout)
        .sort((a, b) => Date.parse(a.expiresAt!) - Date.parse(b.expiresAt!));
      expect(ending.length).toBeGreaterThan(3);
      for (const { id, expiresAt } of ending) {
        const key = snapshot.keys.find(({ keyId }) => keyId === id)!;
        const end = Date.parse(expiresAt!);
        jest.setSystemTime(end - 60_000);
        expect([key.name, await answerTo(SELF, key)]).toEqual([
          key.name,
          '200',
        ]);
        jest.setSystemTime(end);
        expect([key.name, await answerTo(SELF, key)]).toEqual([
          key.name,
          '401 expired',
        ]);
      }
      expect(await answerTo(SELF, find('Ends unless it is used'))).toBe(
        '401 inactive',
      );
    });
  },
);

/** Returns true if a plugin that the key was not created for accepts it. */
function isWhoItsSubjectIs({ answers }: SnapshotKey): boolean {
  return answers?.['/api/notifications'] === '200';
}
