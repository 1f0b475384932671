import { TestDatabases } from '@backstage/backend-test-utils';
import { ApiKey, CreateApiKeyRequest } from 'backstage-plugin-api-keys-common';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import knexFactory, { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { waitOutStaleness } from '../__testUtils__/waitOutStaleness';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const INTROSPECT = '/api/api-keys/v1/introspect';
/** Accepted by every backend, unlike the token of a user who has signed in to one. */
const GATEWAY = 'a-static-token-for-introspection';
const ADA = 'user:default/ada';
const TEAM = 'group:default/team-a';
const BACKSTAGE_ONLY = [{ plugin: 'probe' }];
const HOUR = 60 * 60 * 1000;

const seconds = (time: string) => Math.floor(Date.parse(time) / 1000);

describe.each(databases.eachSupportedId())(
  'POST /v1/introspect on %s',
  databaseId => {
    let knex: Knex;
    let portal: TestPortal;
    let ada: string;

    const start = (more: Parameters<typeof startTestPortal>[0] = {}) =>
      startTestPortal({
        knex,
        ...more,
        backend: {
          auth: {
            externalAccess: [
              {
                type: 'static',
                options: { token: GATEWAY, subject: 'gateway' },
              },
            ],
          },
        },
        apiKeys: {
          lifetime: { allowUnlimited: true },
          lastUsed: { resolution: '1 second' },
          scopes: { offered: [{ name: 'deploy' }, { name: 'orders:read' }] },
          ...more.apiKeys,
        },
      });

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      portal = await start();
      ada = await portal.signIn('ada');
    });

    afterAll(() => portal.stop());

    const ask = (form: object | string, on = portal) =>
      on.call('post', INTROSPECT, GATEWAY).type('form').send(form);
    const change = (id: string, columns: object) =>
      knex('api_keys').where({ id }).update(columns);
    const eventsOf = async ({ id }: ApiKey) => {
      const path = `/api/api-keys/v1/keys/${id}/events`;
      const { body } = await portal.call('get', path, ada).expect(200);
      return body.items as { type: string; details: object }[];
    };
    const look = async ({ id }: ApiKey): Promise<ApiKey> =>
      (await portal.call('get', `/api/api-keys/v1/keys/${id}`, ada)).body;
    const rotate = async ({ id }: ApiKey, body = {}) =>
      (
        await portal
          .call('post', `/api/api-keys/v1/keys/${id}/rotate`, ada)
          .send(body)
          .expect(201)
      ).body as { key: ApiKey; secret: string };

    describe('returns for an accepted key', () => {
      it.each<
        [string, Partial<CreateApiKeyRequest>, string | undefined, object]
      >([
        ['whose it is and when it ends', {}, undefined, {}],
        [
          'what it is for',
          { scopes: ['orders:read', 'deploy'] },
          undefined,
          { scope: 'orders:read deploy' },
        ],
        [
          'what a restricted one is for, too',
          { scopes: ['deploy'], accessRestrictions: BACKSTAGE_ONLY },
          undefined,
          { scope: 'deploy', restricted: true },
        ],
        [
          'what one is for that is for nothing in Backstage',
          { scopes: ['deploy'], accessRestrictions: [] },
          undefined,
          { scope: 'deploy', restricted: true },
        ],
        [
          'nothing of an end if it has none',
          { expiresAt: null },
          undefined,
          { exp: undefined },
        ],
        [
          'that it acts as a team',
          { owner: TEAM },
          undefined,
          { sub: TEAM, username: TEAM, owner: TEAM },
        ],
        [
          'the same within its networks',
          { allowedIps: ['10.0.0.0/8'] },
          '10.0.0.7',
          {},
        ],
        [
          'the same of an address within that is mapped to IPv6',
          { allowedIps: ['10.0.0.0/8'] },
          '::ffff:10.0.0.7',
          {},
        ],
      ])('%s', async (_, request, clientIp, more) => {
        const { key, secret } = await portal.createKey('ada', request);
        const { status, body } = await ask({
          token: secret,
          ...(clientIp && { client_ip: clientIp }),
        });
        expect(status).toBe(200);
        expect(body).toEqual(
          JSON.parse(
            JSON.stringify({
              active: true,
              sub: ADA,
              username: ADA,
              client_id: key.id,
              owner: ADA,
              iat: seconds(key.createdAt),
              exp: key.expiresAt ? seconds(key.expiresAt) : undefined,
              token_type: 'Bearer',
              ...more,
            }),
          ),
        );
      });
    });

    describe('returns only that the key is not active', () => {
      type Asked = { token: string; client_ip?: string };
      it.each<[string, () => Promise<Asked>]>([
        ['an unknown secret', async () => ({ token: generateSecret('bsk') })],
        ['no secret at all', async () => ({ token: 'garbage' })],
        ['a long token', async () => ({ token: `ey${'x'.repeat(9000)}` })],
        ['the token of a session', async () => ({ token: ada })],
      ])('for %s', async (_, made) => {
        const { status, text } = await ask(await made());
        expect({ status, text }).toEqual({
          status: 200,
          text: '{"active":false}',
        });
      });

      type Made = { key: ApiKey; secret: string };
      it.each<
        [string, string, Partial<CreateApiKeyRequest>, (made: Made) => object]
      >([
        [
          'a revoked key',
          'owner',
          {},
          ({ key }) =>
            portal.call('delete', `/api/api-keys/v1/keys/${key.id}`, ada),
        ],
        [
          'a key that was rotated out',
          'rotated',
          {},
          ({ key }) => rotate(key, { overlap: 'immediately' }),
        ],
        [
          'an expired key',
          'expired',
          {},
          ({ key }) => change(key.id, { expires_at: Date.now() - HOUR }),
        ],
        [
          'an inactive key',
          'inactive',
          { inactivityTimeout: 'PT12H' },
          ({ key }) => change(key.id, { created_at: Date.now() - 24 * HOUR }),
        ],
        [
          'a key for some networks, without an address',
          'ip',
          { allowedIps: ['10.0.0.0/8'] },
          () => ({}),
        ],
        [
          'a key for Backstage alone',
          'restricted',
          { accessRestrictions: BACKSTAGE_ONLY },
          () => ({}),
        ],
      ])(
        'for %s, which counts as a refusal and not as a use',
        async (_, reason, request, end) => {
          const made = await portal.createKey('ada', request);
          await end(made);
          const { status, text } = await ask({ token: made.secret });
          expect({ status, text }).toEqual({
            status: 200,
            text: '{"active":false}',
          });
          await eventually(async () => {
            const [latest] = (await eventsOf(made.key)).filter(
              ({ details }) => 'reason' in details && 'plugin' in details,
            );
            expect(latest.details).toEqual({ reason, plugin: 'api-keys' });
          });
          expect(await look(made.key)).toMatchObject({ lastUsedAt: null });
        },
      );

      it('for a key from outside its networks, with the address in the trail', async () => {
        const allowedIps = ['10.0.0.0/8'];
        const { key, secret } = await portal.createKey('ada', { allowedIps });
        const { text } = await ask({ token: secret, client_ip: '192.0.2.1' });
        expect(text).toBe('{"active":false}');
        await eventually(async () => {
          const [{ details }] = await eventsOf(key);
          expect(details).toMatchObject({ reason: 'ip', ip: '192.0.2.1' });
        });
      });

      it('for a key whose owner has left the catalog', async () => {
        const { secret } = await portal.createKey('linus');
        expect((await ask({ token: secret })).body.active).toBe(true);
        await knex('api_key_owners')
          .where({ owner: 'user:default/linus' })
          .update({ missing_since: Date.now() });
        const fresh = await start();
        const { text } = await ask({ token: secret }, fresh);
        await fresh.stop();
        expect(text).toBe('{"active":false}');
      });
    });

    it('counts as a use of the key, from the address of the client', async () => {
      const { key, secret } = await portal.createKey('ada');
      await ask({ token: secret, client_ip: '192.0.2.7' }).expect(200);
      await eventually(async () => {
        expect(await look(key)).toMatchObject({
          lastUsedAt: expect.any(String),
          lastUsedIp: '192.0.2.7',
          lastUsedUserAgent: null,
        });
      });
    });

    it('reflects a revocation at once, and on another replica within its staleness', async () => {
      // SQLite supports only one process.
      const otherKnex =
        databaseId === 'SQLITE_3' ? undefined : knexFactory(knex.client.config);
      const other = otherKnex ? await start({ knex: otherKnex }) : portal;
      const { key, secret } = await portal.createKey('ada');
      for (const one of [portal, other]) {
        expect((await ask({ token: secret }, one)).body.active).toBe(true);
      }
      await portal
        .call('delete', `/api/api-keys/v1/keys/${key.id}`, ada)
        .expect(204);
      expect((await ask({ token: secret })).text).toBe('{"active":false}');
      await waitOutStaleness();
      const { text } = await ask({ token: secret }, other);
      expect(text).toBe('{"active":false}');
      if (other !== portal) await other.stop();
      await otherKnex?.destroy();
    });

    it('says when a key that was rotated ends, and ends it with the first use of its successor', async () => {
      const old = await portal.createKey('ada');
      const next = await rotate(old.key);
      const { overlapEndsAt, expiresAt } = await look(old.key);
      const { body } = await ask({ token: old.secret });
      expect(body).toMatchObject({
        active: true,
        exp: Math.min(seconds(overlapEndsAt!), seconds(expiresAt!)),
      });

      const answers = await Promise.all(
        [1, 2, 3].map(() => ask({ token: next.secret })),
      );
      for (const answer of answers) {
        expect(answer.body).toMatchObject({
          active: true,
          client_id: next.key.id,
          exp: seconds(next.key.expiresAt!),
        });
      }
      expect((await ask({ token: old.secret })).text).toBe('{"active":false}');
      expect(await look(old.key)).toMatchObject({ revokedReason: 'rotated' });
    });

    it('returns inactive for a leaked key', async () => {
      const { secret } = await portal.createKey('ada');
      await ask({ token: secret }).expect(200);
      await portal
        .call('post', '/api/api-keys/v1/revoke')
        .type('form')
        .send({ token: secret });
      expect((await ask({ token: secret })).text).toBe('{"active":false}');
    });

    it.each<[string, string, string]>([
      ['no token', 'client_ip=10.0.0.7', 'token: is missing'],
      ['an empty token', 'token=', 'token: must not be empty'],
      ['two tokens', 'token=x&token=y', 'token: must be given once'],
      [
        'two hints',
        'token=x&token_type_hint=a&token_type_hint=a',
        'token_type_hint: must be given once',
      ],
      [
        'two addresses',
        'token=x&client_ip=10.0.0.7&client_ip=10.0.0.7',
        'client_ip: must be given once',
      ],
      [
        'anything twice, without repeating it',
        'token=x&bsk_secret=1&bsk_secret=2',
        'each parameter: must be given once',
      ],
      ...[
        '',
        'localhost',
        '10.0.0.7:443',
        '[::1]',
        'fe80::1%eth0',
        '10.0.0.0/8',
        '010.0.0.1',
        '10.1',
      ].map((ip): [string, string, string] => [
        `the address '${ip}'`,
        `token=x&client_ip=${encodeURIComponent(ip)}`,
        'client_ip: must be an IP address',
      ]),
    ])('refuses %s with a 400 that names it', async (_, form, message) => {
      const { status, body } = await ask(form);
      expect(status).toBe(400);
      expect(body.error.message).toBe(message);
    });

    it('accepts only a form, and nothing in the URL', async () => {
      const { secret } = await portal.createKey('ada');
      for (const type of ['json', 'text/plain']) {
        const { body } = await portal
          .call('post', INTROSPECT, GATEWAY)
          .type(type)
          .send(JSON.stringify({ token: secret }))
          .expect(400);
        expect(body.error.message).toContain(
          'application/x-www-form-urlencoded',
        );
      }
      const { body } = await portal
        .call('post', `${INTROSPECT}?token=x`, GATEWAY)
        .type('form')
        .send({ token: secret })
        .expect(400);
      expect(body.error.message).toContain('"token"');
      const url = `${portal.url}${INTROSPECT}`;
      const headers = { Authorization: `Bearer ${GATEWAY}` };
      expect((await fetch(url, { headers })).status).toBe(405);
      await ask({ token: 'x'.repeat(70_000) }).expect(413);
    });

    it('ignores unknown parameters', async () => {
      const { secret } = await portal.createKey('ada');
      const { body } = await ask({
        token: secret,
        token_type_hint: 'refresh_token',
        client_id: 'gateway',
        nonsense: '1',
      });
      expect(body.active).toBe(true);
    });

    it('enforces the rate limit of a key, and never returns inactive for it', async () => {
      const limited = await start({
        apiKeys: { limits: { requests: { max: 2, per: '1 hour' } } },
      });
      const { secret } = await portal.createKey('ada');
      for (const _ of [1, 2]) {
        await ask({ token: secret }, limited).expect(200);
      }
      const { status, headers, body } = await ask({ token: secret }, limited);
      await limited.stop();
      expect(status).toBe(429);
      expect(Number(headers['retry-after'])).toBeGreaterThan(3500);
      expect(headers['www-authenticate']).toBeUndefined();
      expect(body.active).toBeUndefined();
    });

    it('takes no number of unknown secrets for failures of the service', async () => {
      const strict = await start({
        apiKeys: { limits: { failuresPerIp: { max: 2, per: '1 hour' } } },
      });
      for (let i = 0; i < 5; i++) {
        await ask({ token: generateSecret('bsk') }, strict).expect(200);
      }
      await strict.call('get', '/api/probe/whoami', 'bsk_x').expect(401);
      await strict.stop();
    });

    it('answers 503 while the database is down, instead of inactive', async () => {
      const { secret } = await portal.createKey('ada');
      const brokenKnex = await databases.init(databaseId);
      const broken = await start({ knex: brokenKnex });
      await brokenKnex.schema.renameTable('api_keys', 'away');
      const { status, headers, text } = await ask({ token: secret }, broken);
      await broken.stop();
      expect(status).toBe(503);
      expect(headers['retry-after']).toBe('5');
      expect(text).not.toContain('active');
      expect(text).not.toContain(secret);
    });
  },
);
