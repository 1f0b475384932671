import { TestDatabases } from '@backstage/backend-test-utils';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { Knex } from 'knex';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { onlyGraceAdministers } from '../__testUtils__/testPolicy';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const ADMIN = '/api/api-keys/v1/admin';
const GRACE = 'user:default/grace';

describe.each(databases.eachSupportedId())(
  'administration on %s',
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
      await knex('api_keys').delete();
      await knex('api_key_events').delete();
      portal.policy.current = onlyGraceAdministers;
    });

    const statusFor = async (secret: string) =>
      (await portal.call('get', '/api/probe/whoami', secret)).status;
    const revoke = (body: object, token = grace) =>
      portal.call('post', `${ADMIN}/revoke`, token).send(body);

    describe('POST /v1/admin/lookup', () => {
      const lookUp = (token: unknown, bearer = grace) =>
        portal.call('post', `${ADMIN}/lookup`, bearer).send({ token });

      it('returns the key of a leaked secret, without counting a use', async () => {
        const { key, secret } = await portal.createKey('ada');
        const { status, body } = await lookUp(secret);
        expect(status).toBe(200);
        expect(body).toEqual(key);
        expect(JSON.stringify(body)).not.toContain(secret);
        const { body: again } = await lookUp(secret);
        expect(again.useCount).toBe(0);
      });

      it('finds ended keys too', async () => {
        const { key, secret } = await portal.createKey('ada');
        await revoke({ ids: [key.id], reason: 'leaked' }).expect(200);
        const { body } = await lookUp(secret).expect(200);
        expect(body.status).toBe('revoked');
      });

      it.each([generateSecret('bsk'), 'garbage'])(
        'answers 404 for a text that is no secret of a key, without repeating it',
        async secret => {
          const { status, text } = await lookUp(secret);
          expect(status).toBe(404);
          expect(text).not.toContain(secret);
        },
      );

      it.each([undefined, '', 7])('refuses %j with a 400', async token => {
        const { status, body } = await lookUp(token);
        expect(status).toBe(400);
        expect(body.error.message).toContain('token');
      });

      it('is for admins', async () => {
        const { secret } = await portal.createKey('ada');
        await lookUp(secret, ada).expect(403);
        await lookUp(secret, secret).expect(403);
      });
    });

    describe('POST /v1/admin/revoke', () => {
      it('ends keys by id, for the given reason', async () => {
        const one = await portal.createKey('ada');
        const other = await portal.createKey('linus');
        const { body } = await revoke({
          ids: [
            one.key.id,
            other.key.id,
            '00000000-0000-4000-8000-000000000000',
          ],
          reason: 'leaked',
        }).expect(200);
        expect(body).toMatchObject({ matched: 2, revoked: 2 });
        expect(await statusFor(one.secret)).toBe(401);
        const { body: key } = await portal.call(
          'get',
          `/api/api-keys/v1/keys/${one.key.id}`,
          ada,
        );
        expect(key).toMatchObject({
          revokedBy: GRACE,
          revokedReason: 'leaked',
        });
      });

      it('ends all keys of an owner, and counts them in a dry run', async () => {
        const keys = [
          await portal.createKey('ada'),
          await portal.createKey('ada'),
        ];
        const others = await portal.createKey('linus');
        const request = {
          filter: { owner: 'User:default/Ada' },
          reason: 'offboarded',
        };
        const counted = await revoke({ ...request, dryRun: true }).expect(200);
        expect(counted.body).toMatchObject({ matched: 2, revoked: 0 });
        expect(await statusFor(keys[0].secret)).toBe(200);

        const { body } = await revoke(request).expect(200);
        expect(body).toMatchObject({ matched: 2, revoked: 2 });
        for (const { secret } of keys)
          expect(await statusFor(secret)).toBe(401);
        expect(await statusFor(others.secret)).toBe(200);

        const again = await revoke(request).expect(200);
        expect(again.body).toMatchObject({ matched: 0, revoked: 0 });
      });

      it('counts each key once if several admins revoke it at the same time', async () => {
        const ids: string[] = [];
        for (let i = 0; i < 5; i++) {
          ids.push((await portal.createKey('ada')).key.id);
        }
        const answers = await Promise.all(
          [1, 2, 3].map(() => revoke({ ids, reason: 'leaked' })),
        );
        const revoked = answers.map(({ body }) => body.revoked);
        expect(revoked.reduce((sum, count) => sum + count, 0)).toBe(5);
      });

      it('ends more keys than fit on a page', async () => {
        const { key } = await portal.createKey('ada', { name: 'template' });
        const row = await knex('api_keys').where({ id: key.id }).first();
        const rows = Array.from({ length: 450 }, (_, i) => {
          const id = `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
          return {
            ...row,
            id,
            family_id: id,
            secret_digest: id,
            search_text: 'leak',
          };
        });
        await knex.batchInsert('api_keys', rows, 100);
        const { body } = await revoke({
          filter: { q: 'LEAK', status: ['active'] },
          reason: 'policy',
        }).expect(200);
        expect(body).toMatchObject({ matched: 450, revoked: 450 });
        expect(
          (
            await revoke({
              filter: { q: 'template' },
              reason: 'policy',
              dryRun: true,
            })
          ).body.matched,
        ).toBe(1);
      });

      it.each<[string, object, string]>([
        ['neither ids nor filter', { reason: 'admin' }, 'either ids or filter'],
        [
          'both',
          {
            ids: ['00000000-0000-4000-8000-000000000000'],
            filter: { q: 'x' },
            reason: 'admin',
          },
          'either ids or filter',
        ],
        ['no ids', { ids: [], reason: 'admin' }, 'ids'],
        ['what is no id', { ids: ['x'], reason: 'admin' }, 'ids[0]'],
        ['an empty filter', { filter: {}, reason: 'admin' }, 'filter'],
        ['an empty search', { filter: { q: '' }, reason: 'admin' }, 'filter.q'],
        [
          'an empty list of states',
          { filter: { status: [] }, reason: 'admin' },
          'filter.status',
        ],
        [
          'an owner that is no ref',
          { filter: { owner: 'ada' }, reason: 'admin' },
          'filter.owner',
        ],
        [
          'an unknown filter',
          { filter: { name: 'x' }, reason: 'admin' },
          '"name"',
        ],
        ['no reason', { filter: { q: 'x' } }, 'reason'],
        [
          'a reason of the lifecycle',
          { filter: { q: 'x' }, reason: 'rotated' },
          'reason',
        ],
        [
          'a word for yes',
          { filter: { q: 'x' }, reason: 'admin', dryRun: 'yes' },
          'dryRun',
        ],
      ])(
        'refuses %s with a 400 that names it, and ends nothing',
        async (_, body, named) => {
          const { secret } = await portal.createKey('ada', { name: 'x' });
          const { status, body: answer } = await revoke(body);
          expect(status).toBe(400);
          expect(answer.error.message).toContain(named);
          expect(await statusFor(secret)).toBe(200);
        },
      );

      it('is for admins in person', async () => {
        const { key, secret } = await portal.createKey('grace');
        const request = { ids: [key.id], reason: 'admin' };
        await revoke(request, ada).expect(403);
        await revoke(request, secret).expect(403);
        expect(await statusFor(secret)).toBe(200);
      });
    });
  },
);

describe('without the permission framework', () => {
  const start = (admins?: string[]) =>
    startTestPortal({
      config: { permission: { enabled: false } },
      apiKeys: admins ? { admins } : {},
    });
  const events = async (portal: TestPortal, user: string) =>
    portal.call('get', `${ADMIN}/events`, await portal.signIn(user));

  it('nobody is an admin, and the error says what to configure', async () => {
    const portal = await start();
    const { status, body } = await events(portal, 'grace');
    expect(status).toBe(403);
    expect(body.error.message).toContain('permission.enabled');
    expect(body.error.message).toContain('apiKeys.admins');
    // Users still manage their own keys.
    const { secret } = await portal.createKey('ada');
    await portal.call('get', '/api/probe/whoami', secret).expect(200);
  });

  it('users and groups in the configuration are admins', async () => {
    const portal = await start(['group:default/team-b', 'User:default/Grace']);
    expect((await events(portal, 'grace')).status).toBe(200);
    expect((await events(portal, 'linus')).status).toBe(200);
    expect((await events(portal, 'ada')).status).toBe(403);
  });
});
