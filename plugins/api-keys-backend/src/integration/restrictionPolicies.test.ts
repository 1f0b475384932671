import { TestDatabases } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import { silentPlugin } from '../__testUtils__/silentPlugin';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { onlyGraceAdministers } from '../__testUtils__/testPolicy';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const ADA = 'user:default/ada';
const TEAM = 'group:default/team-a';

const idsOf = (plugins: { pluginId: string }[]) =>
  plugins.map(({ pluginId }) => pluginId);

describe.each(databases.eachSupportedId())(
  'the policy of restrictions on %s',
  databaseId => {
    let knex: Knex;
    let portal: TestPortal;
    let ada: string;
    let grace: string;

    const setPolicy = (owner: string, override: JsonObject) =>
      portal
        .call(
          'put',
          `/api/api-keys/v1/admin/owners/${encodeURIComponent(owner)}/policy`,
          grace,
        )
        .send(override)
        .expect(200);

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      portal = await startTestPortal({ knex, features: [silentPlugin] });
      ada = await portal.signIn('ada');
      grace = await portal.signIn('grace');
    });

    beforeEach(() => {
      portal.policy.current = onlyGraceAdministers;
    });

    afterEach(async () => {
      await knex('api_key_policies').delete();
      await setPolicy(ADA, { limits: { keysPerOwner: 1000 } });
    });

    afterAll(() => portal.stop());

    const create = (body: JsonObject) =>
      portal
        .call('post', '/api/api-keys/v1/keys', ada)
        .send({ name: 'ci', ...body });

    const whoami = (secret: string, path = '/api/probe/whoami') =>
      portal.call('get', path, secret);

    describe('forbids a plugin', () => {
      it('to a cached key without restrictions, at its next request and on every hop', async () => {
        const { secret } = await portal.createKey('ada');
        const restricted = await portal.createKey('ada', {
          accessRestrictions: [{ plugin: 'probe' }, { plugin: 'other' }],
        });
        const hop = '/api/probe/hop/other/whoami';
        for (const one of [secret, restricted.secret]) {
          await whoami(one, '/api/other/whoami').expect(200);
          await whoami(one, hop).expect(200);
        }

        await setPolicy(ADA, { restrictions: { forbidden: ['other'] } });
        for (const one of [secret, restricted.secret]) {
          const { body } = await whoami(one, '/api/other/whoami').expect(403);
          expect(body.error.message).toContain(
            `may not be used for the plugin 'other'`,
          );
          await whoami(one, hop).expect(403);
          await whoami(one).expect(200);
        }
        await whoami(ada, '/api/other/whoami').expect(200);

        await setPolicy(ADA, { restrictions: { forbidden: [] } });
        await whoami(secret, '/api/other/whoami').expect(200);
        await whoami(secret, hop).expect(200);
      });

      it('to the members of a group, and records it in the audit trail of each key', async () => {
        const { key, secret } = await portal.createKey('ada');
        await whoami(secret, '/api/other/whoami').expect(200);
        await setPolicy(TEAM, { restrictions: { forbidden: ['other'] } });
        await whoami(secret, '/api/other/whoami').expect(403);
        const { body } = await portal.call(
          'get',
          `/api/api-keys/v1/keys/${key.id}/events`,
          ada,
        );
        const [told] = body.items.filter(
          ({ type }: { type: string }) => type === 'policy-applied',
        );
        expect(told.details.forbiddenPlugins).toEqual(['other']);
        await portal
          .call(
            'delete',
            `/api/api-keys/v1/admin/owners/${encodeURIComponent(TEAM)}/policy`,
            grace,
          )
          .expect(204);
        await whoami(secret, '/api/other/whoami').expect(200);
      });

      it('to keys that are created later, and removes it from the available plugins', async () => {
        await setPolicy(ADA, { restrictions: { forbidden: ['other'] } });
        const { secret } = await portal.createKey('ada');
        await whoami(secret, '/api/other/whoami').expect(403);
        const refused = await create({
          accessRestrictions: [{ plugin: 'probe' }, { plugin: 'other' }],
        }).expect(400);
        expect(refused.body.error.message).toContain(
          `accessRestrictions[1].plugin must not be 'other'`,
        );
        const { body } = await portal
          .call('get', '/api/api-keys/v1/policy', ada)
          .expect(200);
        expect(body.restrictions).toEqual({
          required: false,
          maxPlugins: null,
          forbidden: ['other'],
        });
        expect(body.sources['restrictions.forbidden']).toBe(ADA);
        expect(idsOf(body.plugins)).toEqual(['api-keys', 'probe', 'silent']);
      });

      it('to all owners by configuration, also to cached keys', async () => {
        const { key, secret } = await portal.createKey('ada');
        await whoami(secret, '/api/other/whoami').expect(200);
        const strict = await startTestPortal({
          knex,
          apiKeys: { restrictions: { forbidden: ['other'] } },
        });
        try {
          strict.policy.current = onlyGraceAdministers;
          const call = (path: string) => strict.call('get', path, secret);
          await call('/api/other/whoami').expect(403);
          await call('/api/probe/hop/other/whoami').expect(403);
          await call('/api/probe/whoami').expect(200);

          // The rules of an admin are added to those of the configuration, and cannot allow what these forbid.
          await strict
            .call(
              'put',
              `/api/api-keys/v1/admin/owners/${encodeURIComponent(ADA)}/policy`,
              await strict.signIn('grace'),
            )
            .send({ restrictions: { forbidden: ['probe'] } })
            .expect(200);
          await call('/api/other/whoami').expect(403);
          await call('/api/probe/whoami').expect(403);
          const row = await knex('api_keys').where({ id: key.id }).first();
          expect(JSON.parse(row.forbidden_plugins)).toEqual(['probe']);
        } finally {
          await strict.stop();
        }
      });
    });

    it('requires restrictions for new keys and successors, and leaves other keys valid', async () => {
      const unrestricted = await portal.createKey('ada');
      const restricted = await portal.createKey('ada', {
        accessRestrictions: [{ plugin: 'probe' }],
      });
      await setPolicy(TEAM, { restrictions: { required: true } });

      const refused = await create({}).expect(400);
      expect(refused.body.error.message).toContain('accessRestrictions');
      const rotation = (id: string) =>
        portal
          .call('post', `/api/api-keys/v1/keys/${id}/rotate`, ada)
          .send({ overlap: 'until-first-use' });
      const notRotated = await rotation(unrestricted.key.id).expect(400);
      expect(notRotated.body.error.message).toContain('Make a new API key');
      await portal
        .call('post', '/api/api-keys/v1/self/rotate', unrestricted.secret)
        .send({})
        .expect(400);
      const { body } = await portal
        .call('get', `/api/api-keys/v1/keys/${unrestricted.key.id}`, ada)
        .expect(200);
      expect(body).toMatchObject({ status: 'active', successorId: null });
      await whoami(unrestricted.secret).expect(200);
      await rotation(restricted.key.id).expect(201);
      await create({ accessRestrictions: [{ plugin: 'probe' }] }).expect(201);
    });

    it('limits the number of plugins of a key', async () => {
      const wide = await portal.createKey('ada', {
        accessRestrictions: [{ plugin: 'probe' }, { plugin: 'other' }],
      });
      await setPolicy(ADA, { restrictions: { maxPlugins: 1 } });
      const { body } = await create({
        accessRestrictions: [{ plugin: 'probe' }, { plugin: 'other' }],
      }).expect(400);
      expect(body.error.message).toContain('accessRestrictions must list 1');
      await portal
        .call('post', `/api/api-keys/v1/keys/${wide.key.id}/rotate`, ada)
        .send({})
        .expect(400);
      await create({ accessRestrictions: [{ plugin: 'other' }] }).expect(201);
    });

    describe('lists what a key can be restricted to', () => {
      it('for the plugins of this backend, also while one of them is down', async () => {
        const { body } = await portal
          .call('get', '/api/api-keys/v1/policy', ada)
          .expect(200);
        expect(idsOf(body.plugins)).toEqual([
          'api-keys',
          'other',
          'probe',
          'silent',
        ]);
        const { permissions } = body.plugins[2];
        expect(permissions).toEqual(
          expect.arrayContaining([
            { name: 'probe.look', action: 'read', resourceType: null },
            { name: 'probe.thing.read', action: 'read', resourceType: 'thing' },
            { name: 'probe.a', action: null, resourceType: null },
          ]),
        );
      });

      it('and cannot list the permissions of a plugin that is down', async () => {
        const restrict = (permission?: string[]) =>
          create({ accessRestrictions: [{ plugin: 'silent', permission }] });
        const { body } = await restrict(['silent.x']).expect(503);
        expect(body.error.message).toContain(`the plugin 'silent'`);
        await restrict().expect(201);
      });

      it('and denies everything to a key for a plugin that no longer exists', async () => {
        const { key, secret } = await portal.createKey('ada', {
          accessRestrictions: [{ plugin: 'probe' }],
        });
        await knex('api_keys')
          .where({ id: key.id })
          .update({ access_restrictions: '[{"plugin":"gone"}]' });
        const { body } = await whoami(secret).expect(403);
        expect(body.error.message).toContain(`only for 'gone'`);
        await whoami(secret, '/api/api-keys/v1/keys').expect(403);
        await whoami(secret, '/api/api-keys/v1/self').expect(200);
      });
    });

    it('finds unrestricted keys in lists, counts, exports and bulk revocations', async () => {
      await knex('api_keys').delete();
      const free = await portal.createKey('ada');
      const bound = await portal.createKey('ada', {
        accessRestrictions: [{ plugin: 'probe', permission: ['probe.a'] }],
        allowedIps: ['127.0.0.1', '2001:DB8::/32'],
      });
      expect(bound.key.allowedIps).toEqual(['127.0.0.1/32', '2001:db8::/32']);
      const list = async (query: string, path = 'keys') =>
        portal
          .call('get', `/api/api-keys/v1/admin/${path}?${query}`, grace)
          .expect(200);
      const found = async (query: string) => (await list(query)).body;
      expect(await found('unrestricted=true')).toMatchObject({
        items: [{ id: free.key.id }],
        totalItems: 1,
      });
      expect(await found('unrestricted=false')).toMatchObject({
        items: [{ id: bound.key.id }],
        totalItems: 1,
      });
      const { text } = await list('unrestricted=false', 'keys.csv');
      const [head, line, ...rest] = text.trim().split('\r\n');
      expect(head).toMatch(/,restrictions,scopes$/);
      expect(line).toMatch(/""plugin"":""probe"",""permission""/);
      expect(rest).toEqual([]);

      const { body: trail } = await portal.call(
        'get',
        `/api/api-keys/v1/keys/${bound.key.id}/events`,
        ada,
      );
      expect(trail.items.at(-1).details).toMatchObject({
        accessRestrictions: [{ plugin: 'probe', permission: ['probe.a'] }],
        allowedIps: ['127.0.0.1/32', '2001:db8::/32'],
      });

      const { body } = await portal
        .call('post', '/api/api-keys/v1/admin/revoke', grace)
        .send({ filter: { unrestricted: true }, reason: 'policy' })
        .expect(200);
      expect(body).toMatchObject({ matched: 1, revoked: 1 });
      await whoami(bound.secret, '/api/probe/ask?permission=probe.a').expect(
        200,
      );
      await whoami(free.secret).expect(401);
    });
  },
);
