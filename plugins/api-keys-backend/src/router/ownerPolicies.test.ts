import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { onlyGraceAdministers } from '../__testUtils__/testPolicy';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const API = '/api/api-keys/v1';
const ADA = 'user:default/ada';
const TEAM = 'group:default/team-a';
const GRACE = 'user:default/grace';
const DAY = 24 * 60 * 60 * 1000;

const pathOf = (owner: string) =>
  `${API}/admin/owners/${encodeURIComponent(owner)}/policy`;

describe.each(databases.eachSupportedId())(
  'policies of owners on %s',
  databaseId => {
    let knex: Knex;
    let portal: TestPortal;
    let ada: string;
    let grace: string;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      portal = await startTestPortal({ knex });
      ada = await portal.signIn('ada');
      grace = await portal.signIn('grace');
    });

    beforeEach(async () => {
      for (const table of ['api_key_policies', 'api_keys', 'api_key_owners']) {
        await knex(table).delete();
      }
      portal.policy.current = onlyGraceAdministers;
    });

    afterEach(() => {
      portal.policy.current = () => undefined;
    });

    const set = (owner: string, override: object, token = grace) =>
      portal.call('put', pathOf(owner), token).send(override);
    const list = (token = grace) =>
      portal.call('get', `${API}/admin/policies`, token);
    const get = async (owner: string) =>
      (await portal.call('get', pathOf(owner), grace).expect(200)).body;
    const keyOf = async (id: string) =>
      (await portal.call('get', `${API}/keys/${id}`, ada).expect(200)).body;
    const whoami = (secret: string) =>
      portal.call('get', '/api/probe/whoami', secret);

    describe('of 0 keys, for the owner or for a group of the owner,', () => {
      const NONE = { limits: { keysPerOwner: 0 } };
      const SENTENCE = `${ADA} may have no API keys: limits.keysPerOwner is 0`;
      const refuse = async (path: string, token: string, body: object = {}) => {
        const answer = await portal.call('post', path, token).send(body);
        expect(answer.status).toBe(409);
        expect(answer.body.error.message).toBe(SENTENCE);
      };

      it.each([ADA, TEAM])(
        'leave a key of %s that exists as it is, and let no other come of it',
        async owner => {
          const { key, secret } = await portal.createKey('ada');
          await set(owner, NONE).expect(200);

          await refuse(`${API}/keys`, ada, { name: 'ci' });
          await refuse(`${API}/keys/${key.id}/rotate`, ada);
          await refuse(`${API}/self/rotate`, secret);
          const { body } = await portal
            .call('get', `${API}/policy`, ada)
            .expect(200);
          expect(body).toMatchObject({
            canCreate: false,
            cannotCreateReason: SENTENCE,
          });
          await whoami(secret).expect(200);
          expect(await keyOf(key.id)).toMatchObject({
            status: 'active',
            successorId: null,
          });

          await portal.call('delete', pathOf(owner), grace).expect(204);
          await portal
            .call('post', `${API}/self/rotate`, secret)
            .send({})
            .expect(201);
        },
      );

      it('let no key come back to life that was inactive', async () => {
        const { key } = await portal.createKey('ada', {
          inactivityTimeout: 'P7D',
        });
        await knex('api_keys').update({ created_at: Date.now() - 8 * DAY });
        await set(ADA, NONE).expect(200);
        await refuse(`${API}/keys/${key.id}/keep-alive`, ada);
        expect((await keyOf(key.id)).status).toBe('inactive');
      });

      it('let a group get no keys of others', async () => {
        const { key } = await portal.createKey('ada');
        await set(TEAM, NONE).expect(200);
        const { body } = await portal
          .call('post', `${API}/admin/transfer`, grace)
          .send({ ids: [key.id], owner: TEAM })
          .expect(200);
        expect(body).toMatchObject({
          transferred: 0,
          refused: [{ id: key.id, reason: 'The group may have no API keys' }],
        });
      });
    });

    it('are the configured one unless an admin sets another', async () => {
      expect(await get(ADA)).toEqual({
        owner: ADA,
        memberOf: null,
        override: null,
        updatedAt: null,
        updatedBy: null,
        effective: {
          lifetime: { default: 'P90D', max: 'P365D', allowUnlimited: false },
          inactivity: { default: null, max: null },
          limits: { keysPerOwner: 50 },
          restrictions: { required: false, maxPlugins: null, forbidden: [] },
        },
        sources: {},
      });
    });

    it('return the override, its author, and the effective policy', async () => {
      const override = {
        lifetime: { max: 'P30D' },
        inactivity: { default: null, max: 'P7D' },
        limits: { keysPerOwner: 3 },
        restrictions: { required: true, maxPlugins: 2, forbidden: ['other'] },
      };
      const { body } = await set('Group:default/Team-A', override).expect(200);
      expect(body).toMatchObject({
        owner: TEAM,
        override,
        updatedBy: GRACE,
        effective: {
          lifetime: { default: 'P30D', max: 'P30D' },
          inactivity: { default: 'P7D', max: 'P7D' },
          limits: { keysPerOwner: 3 },
        },
        sources: { 'lifetime.max': TEAM, 'lifetime.default': TEAM },
      });
      expect(await get(TEAM)).toEqual(body);
    });

    it('are listed by owner, after the configured one', async () => {
      await set(ADA, { inactivity: { max: 'PT12H' } }).expect(200);
      await set(TEAM, { lifetime: { max: 'P1M' } }).expect(200);
      const { body } = await list().expect(200);
      const updated = { updatedAt: expect.any(String), updatedBy: GRACE };
      expect(body).toEqual({
        configured: (await get(GRACE)).effective,
        items: [
          { owner: TEAM, override: { lifetime: { max: 'P30D' } }, ...updated },
          {
            owner: ADA,
            override: { inactivity: { max: 'PT12H' } },
            ...updated,
          },
        ],
        totalItems: 2,
      });
    });

    it('are listed up to a thousand, and all counted', async () => {
      const policies = Array.from({ length: 1001 }, (_, i) => ({
        owner: `user:default/u${String(i).padStart(4, '0')}`,
        override: '{"limits":{"keysPerOwner":1}}',
        updated_at: Date.now(),
        updated_by: GRACE,
      }));
      await knex.batchInsert('api_key_policies', policies, 200);
      const { items, totalItems } = (await list().expect(200)).body;
      expect(totalItems).toBe(1001);
      expect(items).toHaveLength(1000);
      expect(items.at(-1).owner).toBe('user:default/u0999');
    });

    it('show the groups that an owner is known to be in', async () => {
      await portal.createKey('ada');
      expect((await get(ADA)).memberOf).toEqual([TEAM]);
      await portal.createKey('ada', { owner: TEAM });
      expect((await get(TEAM)).memberOf).toEqual([]);
    });

    it('of a group hold for its members, who see where they come from', async () => {
      await set(TEAM, { lifetime: { max: 'P30D' } }).expect(200);
      const { body } = await portal.call('get', `${API}/policy`, ada);
      expect(body).toMatchObject({
        lifetime: { max: 'P30D' },
        sources: { 'lifetime.max': TEAM },
      });
      const { status, body: refused } = await portal
        .call('post', `${API}/keys`, ada)
        .send({ name: 'ci', expiresIn: 'P31D' });
      expect(status).toBe(400);
      expect(refused.error.message).toContain('expiresIn is too far away');
    });

    it('end a key that is older than they allow at once, and restore it when they are removed', async () => {
      const { key, secret } = await portal.createKey('ada');
      await knex('api_keys').update({ created_at: Date.now() - 40 * DAY });
      await whoami(secret).expect(200);

      await set(TEAM, { lifetime: { max: 'P30D' } }).expect(200);
      const { headers } = await whoami(secret).expect(401);
      expect(headers['www-authenticate']).toContain('The API key expired on');
      const { createdAt, expiresAt, status } = await keyOf(key.id);
      expect(status).toBe('expired');
      expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(30 * DAY);

      await portal.call('delete', pathOf(TEAM), grace).expect(204);
      await whoami(secret).expect(200);
      expect((await keyOf(key.id)).expiresAt).toBe(key.expiresAt);
    });

    it('of a group apply to the key of a new member from the next exchange', async () => {
      const { key, secret } = await portal.createKey('linus');
      await knex('api_keys').update({ created_at: Date.now() - 40 * DAY });
      await set(TEAM, { lifetime: { max: 'P30D' } }).expect(200);
      const linusOf = portal.catalog.getEntityByRef.bind(portal.catalog);
      jest
        .spyOn(portal.catalog, 'getEntityByRef')
        .mockImplementation(async (ref, options) => {
          const entity = await linusOf(ref, options);
          return entity?.metadata.name === 'linus'
            ? {
                ...entity,
                relations: [{ type: 'memberOf', targetRef: TEAM }],
              }
            : entity;
        });
      const { headers } = await whoami(secret).expect(401);
      expect(headers['www-authenticate']).toContain('The API key expired on');
      expect(await whoami(secret).then(({ status }) => status)).toBe(401);
      const [row] = await knex('api_keys').where({ id: key.id });
      expect(Number(row.expires_at)).toBeLessThan(Date.now());
      jest.restoreAllMocks();
    });

    it.each<[object, string]>([
      [{}, 'lifetime, inactivity, limits or restrictions'],
      [{ lifetime: {} }, 'lifetime, inactivity, limits or restrictions'],
      [{ lifetime: { max: null } }, 'lifetime.max'],
      [{ lifetime: { max: 'forever' } }, 'lifetime.max'],
      [{ lifetime: { max: 'P0D' } }, 'lifetime.max'],
      [{ lifetime: { default: 'P60D', max: 'P30D' } }, 'lifetime.default'],
      [{ inactivity: { default: 'P60D', max: 'P30D' } }, 'inactivity.default'],
      [{ lifetime: { allowUnlimited: 'yes' } }, 'lifetime.allowUnlimited'],
      [{ limits: { keysPerOwner: -1 } }, 'limits.keysPerOwner'],
      [{ limits: { keysPerOwner: 1.5 } }, 'limits.keysPerOwner'],
      [{ limits: { keys: 1 } }, '"keys"'],
    ])('refuse %j with a 400 that names the field', async (override, named) => {
      const { status, body } = await set(ADA, override);
      expect(status).toBe(400);
      expect(body.error.message).toContain(named);
      expect((await get(ADA)).override).toBeNull();
    });

    it('are for users and groups', async () => {
      const { status, body } = await set('component:default/x', {
        limits: { keysPerOwner: 1 },
      });
      expect(status).toBe(400);
      expect(body.error.message).toContain('owner: must be a user or a group');
      await portal.call('get', pathOf('ada'), grace).expect(404);
    });

    it('are for admins in person', async () => {
      const override = { limits: { keysPerOwner: 1000 } };
      await set(ADA, override, ada).expect(403);
      await list(ada).expect(403);
      await portal.call('get', `${API}/admin/policies`).expect(401);
      await portal.call('get', pathOf(ADA), ada).expect(403);
      await portal.call('delete', pathOf(ADA), ada).expect(403);
      const { secret } = await portal.createKey('grace');
      await set(ADA, override, secret).expect(403);
      await portal.call('put', pathOf(ADA)).send(override).expect(401);
    });

    describe('PATCH /v1/admin/keys/{id}', () => {
      const setExpiry = (id: string, expiresAt: unknown, token = grace) =>
        portal
          .call('patch', `${API}/admin/keys/${id}`, token)
          .send({ expiresAt });
      const daysFromNow = (days: number) =>
        new Date(Date.now() + days * DAY).toISOString();

      it('moves an end later, within the policy of the owner', async () => {
        const { key } = await portal.createKey('ada', { expiresIn: 'P1D' });
        const later = daysFromNow(200);
        const { body } = await setExpiry(key.id, later).expect(200);
        expect(body.expiresAt).toBe(later);
        expect((await keyOf(key.id)).expiresAt).toBe(later);

        const refused = await setExpiry(key.id, daysFromNow(400)).expect(400);
        expect(refused.body.error.message).toContain(
          'for longer, change the policy of its owner first',
        );
      });

      it('lifts an end if the policy of the owner allows it', async () => {
        const { key } = await portal.createKey('ada');
        await setExpiry(key.id, null).expect(400);
        await set(ADA, { lifetime: { allowUnlimited: true } }).expect(200);
        await setExpiry(key.id, null).expect(200);
        expect((await keyOf(key.id)).expiresAt).toBeNull();
      });

      it('does not bring back ended keys', async () => {
        const { key, secret } = await portal.createKey('ada');
        await portal.call('delete', `${API}/keys/${key.id}`, ada).expect(204);
        await setExpiry(key.id, daysFromNow(10)).expect(409);
        await whoami(secret).expect(401);
      });

      it.each<[unknown]>([
        [undefined],
        ['never'],
        ['2026-02-30T00:00:00Z'],
        [7],
      ])('refuses %j with a 400 that names the field', async expiresAt => {
        const { key } = await portal.createKey('ada');
        const { status, body } = await setExpiry(key.id, expiresAt);
        expect(status).toBe(400);
        expect(body.error.message).toContain('expiresAt');
      });

      it('is for admins in person', async () => {
        const { key, secret } = await portal.createKey('ada');
        await setExpiry(key.id, daysFromNow(10), ada).expect(403);
        await setExpiry(key.id, daysFromNow(10), secret).expect(403);
        await setExpiry(
          '00000000-0000-4000-8000-000000000000',
          daysFromNow(10),
        ).expect(404);
      });
    });
  },
);

describe.each(databases.eachSupportedId())(
  'the configured policy on %s',
  databaseId => {
    it('applies to older keys once a backend starts with it', async () => {
      const knex = await databases.init(databaseId);
      const before = await startTestPortal({ knex });
      const { key, secret } = await before.createKey('ada', {
        inactivityTimeout: null,
      });
      const createdAt = Date.now() - 40 * DAY;
      await knex('api_keys').update({ created_at: createdAt });
      await before.stop();

      const after = await startTestPortal({
        knex,
        apiKeys: {
          lifetime: { max: '30 days' },
          inactivity: { max: '7 days' },
        },
      });
      const { headers } = await after
        .call('get', '/api/probe/whoami', secret)
        .expect(401);
      const endedAt = new Date(createdAt + 30 * DAY).toISOString();
      expect(headers['www-authenticate']).toContain(`expired on ${endedAt}`);
      const { body } = await after
        .call('get', `${API}/keys/${key.id}`, await after.signIn('ada'))
        .expect(200);
      expect(body).toMatchObject({
        status: 'expired',
        expiresAt: endedAt,
        inactivityTimeout: 'P7D',
      });
      await after.stop();
    });
  },
);
