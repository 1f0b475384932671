import { randomUUID } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { onlyGraceAdministers } from '../__testUtils__/testPolicy';
import {
  apiKeyConditions,
  createApiKeyConditionalDecision,
} from '../permissions/rules';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const API = '/api/api-keys/v1';
const ADA = 'user:default/ada';
const LINUS = 'user:default/linus';
const GRACE = 'user:default/grace';
const TEAM = 'group:default/team-a';
const OTHER_TEAM = 'group:default/team-b';
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

describe.each(databases.eachSupportedId())(
  'POST /v1/admin/transfer on %s',
  databaseId => {
    let knex: Knex;
    let portal: TestPortal;
    let grace: string;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      portal = await startTestPortal({
        knex,
        apiKeys: { limits: { keysPerOwner: 3 } },
      });
      grace = await portal.signIn('grace');
    });

    beforeEach(async () => {
      await knex('api_keys').delete();
      await knex('api_key_events').delete();
      await knex('api_key_policies').delete();
      portal.policy.current = onlyGraceAdministers;
    });

    afterEach(() => jest.restoreAllMocks());
    afterAll(() => portal.stop());

    const transfer = (body: object, token = grace) =>
      portal.call('post', `${API}/admin/transfer`, token).send(body);
    const whoami = (secret: string) =>
      portal.call('get', '/api/probe/whoami', secret);
    const rotate = async (id: string, user = 'ada') => {
      const token = await portal.signIn(user);
      const { body } = await portal
        .call('post', `${API}/keys/${id}/rotate`, token)
        .send({})
        .expect(201);
      return body;
    };
    const revoke = async (id: string) =>
      portal
        .call('delete', `${API}/keys/${id}`, await portal.signIn('ada'))
        .expect(204);
    const ownersOf = async (...ids: string[]) => {
      const rows = await knex('api_keys').whereIn('id', ids);
      return new Set(rows.flatMap(({ owner, subject }) => [owner, subject]));
    };
    const setPolicy = (owner: string, override: object) =>
      portal
        .call(
          'put',
          `${API}/admin/owners/${encodeURIComponent(owner)}/policy`,
          grace,
        )
        .send(override)
        .expect(200);

    it('makes a key in use act as the group from the next request on, with the same secret', async () => {
      const { key, secret } = await portal.createKey('ada');
      const { body: before } = await whoami(secret).expect(200);
      expect(before.info.userEntityRef).toBe(ADA);

      const { body } = await transfer({ ids: [key.id], owner: TEAM });
      expect(body).toEqual({ matched: 1, transferred: 1, refused: [] });

      const { body: after } = await whoami(secret).expect(200);
      expect(after.info).toEqual({
        userEntityRef: TEAM,
        ownershipEntityRefs: [TEAM],
      });
      const { body: hop } = await portal
        .call('get', '/api/probe/hop/other/whoami', secret)
        .expect(200);
      expect(hop.info.userEntityRef).toBe(TEAM);
    });

    it('leaves nothing to the previous owner, and gives the key to the group’s members', async () => {
      const { key } = await portal.createKey('linus');
      await transfer({ ids: [key.id], owner: TEAM }).expect(200);
      const path = `${API}/keys/${key.id}`;
      const linus = await portal.signIn('linus');
      await portal.call('get', path, linus).expect(404);
      await portal.call('post', `${path}/rotate`, linus).send({}).expect(404);
      await portal.call('delete', path, linus).expect(404);
      const { body } = await portal
        .call('get', path, await portal.signIn('ada'))
        .expect(200);
      expect(body).toMatchObject({
        id: key.id,
        owner: TEAM,
        subject: TEAM,
        createdBy: LINUS,
      });
    });

    it('adds an event under the new owner', async () => {
      const { key } = await portal.createKey('linus');
      await transfer({ ids: [key.id], owner: TEAM }).expect(200);
      const { body } = await portal
        .call('get', `${API}/admin/events?owner=${TEAM}`, grace)
        .expect(200);
      expect(body.items).toEqual([
        expect.objectContaining({
          type: 'transferred',
          category: 'AUDIT',
          keyId: key.id,
          owner: TEAM,
          actor: GRACE,
          details: { from: LINUS, to: TEAM },
        }),
      ]);
    });

    it('takes a rotation lineage as a whole, which goes on as before', async () => {
      const { key, secret: oldest } = await portal.createKey('ada');
      const second = await rotate(key.id);
      await whoami(second.secret).expect(200);
      const third = await rotate(second.key.id);

      const { body } = await transfer({ ids: [second.key.id], owner: TEAM });
      expect(body).toEqual({ matched: 1, transferred: 1, refused: [] });
      const ids = [key.id, second.key.id, third.key.id];
      expect(await ownersOf(...ids)).toEqual(new Set([TEAM]));
      const events = await knex('api_key_events').where({
        type: 'transferred',
      });
      expect(events.map(({ key_id }) => key_id).sort()).toEqual(
        [second.key.id, third.key.id].sort(),
      );

      await whoami(oldest).expect(401);
      await whoami(second.secret).expect(200);
      await whoami(third.secret).expect(200);
      await whoami(second.secret).expect(401);
      await rotate(third.key.id);
    });

    it('transfers keys that match a filter and have not ended, and counts them in a dry run', async () => {
      const { key: one } = await portal.createKey('ada');
      const { key: two } = await portal.createKey('ada');
      const { key: ended } = await portal.createKey('ada');
      await revoke(ended.id);
      const request = { filter: { owner: 'User:default/Ada' }, owner: TEAM };

      const dry = await transfer({ ...request, dryRun: true }).expect(200);
      expect(dry.body).toEqual({ matched: 2, transferred: 0, refused: [] });
      expect(await ownersOf(one.id, two.id)).toEqual(new Set([ADA]));

      const { body } = await transfer(request).expect(200);
      expect(body).toEqual({ matched: 2, transferred: 2, refused: [] });
      expect(await ownersOf(one.id, two.id)).toEqual(new Set([TEAM]));
      expect(await ownersOf(ended.id)).toEqual(new Set([ADA]));
      const again = await transfer(request).expect(200);
      expect(again.body.matched).toBe(0);
    });

    it.each([
      [
        'a revoked key',
        async () => {
          const { key } = await portal.createKey('ada');
          await revoke(key.id);
          return [key.id, 'revoked'];
        },
      ],
      [
        'an expired key',
        async () => {
          const { key } = await portal.createKey('ada');
          await knex('api_keys').update({ expires_at: 1 });
          return [key.id, 'expired'];
        },
      ],
      [
        'a key that the group has already',
        async () => {
          const { key } = await portal.createKey('ada', { owner: TEAM });
          return [key.id, 'belongs to group:default/team-a already'];
        },
      ],
    ] as const)('refuses %s, saying why', async (_, make) => {
      const [id, reason] = await make();
      const { body } = await transfer({ ids: [id], owner: TEAM }).expect(200);
      expect(body).toEqual({
        matched: 1,
        transferred: 0,
        refused: [{ id, reason: expect.stringContaining(reason) }],
      });
    });

    it('does not match keys that do not exist', async () => {
      const { body } = await transfer({ ids: [UNKNOWN_ID], owner: TEAM });
      expect(body).toEqual({ matched: 0, transferred: 0, refused: [] });
    });

    it.each([true, false])(
      'transfers no more than the group may have (dryRun: %s), counting over owners',
      async dryRun => {
        await portal.createKey('ada', { owner: TEAM });
        for (const user of ['ada', 'ada', 'linus', 'linus']) {
          await portal.createKey(user);
        }
        const ids = await knex('api_keys')
          .whereNot({ owner: TEAM })
          .pluck('id');
        const { body } = await transfer({ ids, owner: TEAM, dryRun });
        expect(body.matched).toBe(4);
        expect(body.transferred).toBe(dryRun ? 0 : 2);
        expect(body.refused).toHaveLength(2);
        expect(body.refused[0].reason).toMatch('more than the 3');
        const rows = await knex('api_keys').where({ owner: TEAM });
        expect(rows).toHaveLength(dryRun ? 1 : 3);
      },
    );

    it('names a hundred of the refused keys, and counts all', async () => {
      await portal.createKey('ada', { owner: TEAM });
      const row = await knex('api_keys').first();
      const ids = Array.from({ length: 120 }, () => randomUUID());
      await knex.batchInsert(
        'api_keys',
        ids.map(id => ({ ...row, id, secret_digest: id, family_id: id })),
        10,
      );
      const { body } = await transfer({ ids, owner: TEAM }).expect(200);
      expect(body).toMatchObject({ matched: 120, transferred: 0 });
      expect(body.refused).toHaveLength(100);
    });

    it('brings a key under the policy of the group, and gives back what the old owner’s took', async () => {
      const { key: long } = await portal.createKey('linus', {
        expiresIn: 'P30D',
      });
      await setPolicy(LINUS, { lifetime: { max: 'P1D' } });
      await setPolicy(TEAM, { lifetime: { max: 'P7D' } });
      await transfer({ ids: [long.id], owner: TEAM }).expect(200);
      const ada = await portal.signIn('ada');
      const { body } = await portal
        .call('get', `${API}/keys/${long.id}`, ada)
        .expect(200);
      const lifetime = Date.parse(body.expiresAt) - Date.parse(body.createdAt);
      expect(lifetime).toBe(7 * 24 * 60 * 60 * 1000);
      await transfer({ ids: [long.id], owner: OTHER_TEAM }).expect(200);
      const row = await knex('api_keys').first();
      expect(Number(row.expires_at)).toBe(Date.parse(long.expiresAt!));
    });

    it('ends the tokens that were issued for the previous owner', async () => {
      const { key, secret } = await portal.createKey('ada');
      const plugin = await portal.call('get', '/api/probe/plugin-token/auth');
      const exchange = await portal
        .call('post', '/api/auth/api-key/refresh', plugin.body.token)
        .set('X-API-Key', secret)
        .expect(200);
      const { token } = exchange.body.backstageIdentity;
      await whoami(token).expect(200);
      await transfer({ ids: [key.id], owner: TEAM }).expect(200);
      const { body } = await whoami(token).expect(401);
      expect(body.error.message).toMatch(
        'does not act as user:default/ada any more',
      );
    });

    it('skips keys that the policy hides from the admin', async () => {
      const { key } = await portal.createKey('ada');
      const { key: successor } = await rotate(key.id);
      const { key: team } = await portal.createKey('ada', { owner: TEAM });
      const ids = [key.id, successor.id, team.id];

      portal.policy.current = ({ permission }) =>
        permission.name === 'api-keys.key.read'
          ? createApiKeyConditionalDecision(
              permission as never,
              apiKeyConditions.hasOwnerKind({ kinds: ['group'] }),
            )
          : undefined;
      const kinds = await transfer({ ids, owner: OTHER_TEAM }).expect(200);
      expect(kinds.body).toEqual({ matched: 1, transferred: 1, refused: [] });
      expect(await ownersOf(key.id, successor.id)).toEqual(new Set([ADA]));

      portal.policy.current = ({ permission }) =>
        permission.name === 'api-keys.key.read'
          ? createApiKeyConditionalDecision(
              permission as never,
              apiKeyConditions.hasStatus({ statuses: ['active'] }),
            )
          : undefined;
      const states = await transfer({ ids, owner: TEAM }).expect(200);
      expect(states.body).toMatchObject({ matched: 2, transferred: 1 });
      expect(states.body.refused).toEqual([
        { id: successor.id, reason: expect.stringContaining('may not see') },
      ]);
      expect(await ownersOf(key.id, successor.id)).toEqual(new Set([ADA]));
    });

    describe('refuses', () => {
      let id: string;
      let secret: string;

      beforeEach(async () => {
        const made = await portal.createKey('grace');
        id = made.key.id;
        secret = made.secret;
      });

      const expectNoChange = async () =>
        expect(await ownersOf(id)).toEqual(new Set([GRACE]));

      it('users without the permission', async () => {
        const ada = await portal.signIn('ada');
        await transfer({ ids: [id], owner: TEAM }, ada).expect(403);
        await expectNoChange();
      });

      it('keys, also those of an admin', async () => {
        await transfer({ ids: [id], owner: TEAM }, secret).expect(403);
        await expectNoChange();
      });

      it('callers who are not signed in', async () => {
        await portal
          .call('post', `${API}/admin/transfer`)
          .send({ ids: [id], owner: TEAM })
          .expect(401);
        await expectNoChange();
      });

      it.each<[string, (made: string) => object, RegExp]>([
        [
          'a user',
          ids => ({ ids: [ids], owner: LINUS }),
          /owner must be a group/,
        ],
        [
          'a user in capitals',
          ids => ({ ids: [ids], owner: 'User:default/linus' }),
          /owner must be a group/,
        ],
        [
          'an entity of another kind',
          ids => ({ ids: [ids], owner: 'component:default/x' }),
          /owner/,
        ],
        [
          'a group that is not there',
          ids => ({ ids: [ids], owner: 'group:default/x' }),
          /owner must be in the catalog/,
        ],
        ['a name', ids => ({ ids: [ids], owner: 'team-a' }), /owner/],
        ['no owner', ids => ({ ids: [ids] }), /owner/],
        ['no keys', () => ({ owner: TEAM }), /either ids or filter/],
        ['no ids', () => ({ ids: [], owner: TEAM }), /ids/],
        ['an empty filter', () => ({ filter: {}, owner: TEAM }), /filter/],
        [
          'both ids and a filter',
          made => ({ ids: [made], filter: { q: 'ci' }, owner: TEAM }),
          /either ids or filter/,
        ],
        [
          '1001 ids',
          made => ({ ids: Array(1001).fill(made), owner: TEAM }),
          /ids/,
        ],
        ['what is no id', () => ({ ids: ['ci'], owner: TEAM }), /ids/],
      ])('%s with a 400 that names it', async (_, request, named) => {
        const { status, body } = await transfer(request(id));
        expect(status).toBe(400);
        expect(body.error.message).toMatch(named);
        await expectNoChange();
      });

      it('a filter that matches more than a thousand keys', async () => {
        const row = await knex('api_keys').first();
        const rows = Array.from({ length: 1000 }, () => {
          const other = randomUUID();
          return {
            ...row,
            id: other,
            secret_digest: other,
            family_id: other,
          };
        });
        await knex.batchInsert('api_keys', rows, 10);
        const { status, body } = await transfer({
          filter: { owner: GRACE },
          owner: TEAM,
        });
        expect(status).toBe(400);
        expect(body.error.message).toMatch(/filter must fit 1000/);
        await expectNoChange();
      });

      it('while the catalog is down, with a 503', async () => {
        jest
          .spyOn(portal.catalog, 'getEntitiesByRefs')
          .mockRejectedValue(new Error('away'));
        await transfer({ ids: [id], owner: TEAM }).expect(503);
        await expectNoChange();
      });
    });

    it('takes a group by whatever spelling of its ref', async () => {
      const { key } = await portal.createKey('ada');
      await transfer({
        ids: [key.id.toUpperCase()],
        owner: 'Group:Default/Team-A',
      });
      expect(await ownersOf(key.id)).toEqual(new Set([TEAM]));
    });
  },
);

it('POST /v1/admin/transfer gives nothing to groups where there are no keys of groups', async () => {
  const portal = await startTestPortal({
    apiKeys: { owners: { groups: false } },
  });
  const { key } = await portal.createKey('ada');
  const { status, body } = await portal
    .call('post', `${API}/admin/transfer`, await portal.signIn('grace'))
    .send({ ids: [key.id], owner: TEAM });
  expect(status).toBe(400);
  expect(body.error.message).toMatch('apiKeys.owners.groups');
  await portal.stop();
});
