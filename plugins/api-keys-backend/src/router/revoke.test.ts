import { TestDatabases } from '@backstage/backend-test-utils';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const REVOKE = '/api/api-keys/v1/revoke';

describe.each(databases.eachSupportedId())(
  'POST /v1/revoke on %s',
  databaseId => {
    let portal: TestPortal;

    beforeEach(async () => {
      // Each portal has a rate limit of its own.
      portal = await startTestPortal({
        knex: await databases.init(databaseId),
      });
    });

    afterEach(() => portal.stop());

    const statusFor = async (secret: string) =>
      (await portal.call('get', '/api/probe/whoami', secret)).status;

    it.each<[string, (secret: string) => object]>([
      [
        'a form, as RFC 7009 has it',
        secret => ({ token: secret, token_type_hint: 'access_token' }),
      ],
      ['JSON', secret => ({ token: secret })],
      ['a list', secret => ({ token: ['garbage', secret, secret] })],
    ])('ends a key for any holder of its secret, by %s', async (what, body) => {
      const { key, secret } = await portal.createKey('ada');
      const { status, text, headers } = await portal
        .call('post', REVOKE)
        .type(what.startsWith('a form') ? 'form' : 'json')
        .send(body(secret));
      expect({ status, text }).toEqual({ status: 200, text: '' });
      expect(headers['cache-control']).toBe('no-store');
      expect(await statusFor(secret)).toBe(401);

      const ada = await portal.signIn('ada');
      const { body: ended } = await portal.call(
        'get',
        `/api/api-keys/v1/keys/${key.id}`,
        ada,
      );
      expect(ended).toMatchObject({
        status: 'revoked',
        revokedReason: 'leaked',
        revokedBy: null,
        lastUsedAt: null,
      });
      const { body: events } = await portal.call(
        'get',
        `/api/api-keys/v1/keys/${key.id}/events`,
        ada,
      );
      const changes = events.items.filter(
        (event: { category: string }) => event.category === 'AUDIT',
      );
      expect(changes).toHaveLength(2);
    });

    it('has the same answer for unknown, ended and malformed secrets', async () => {
      const { secret } = await portal.createKey('ada');
      await portal.call('post', REVOKE).send({ token: secret }).expect(200);
      for (const token of [secret, generateSecret('bsk'), 'garbage', 'a\0b']) {
        const { status, text } = await portal
          .call('post', REVOKE)
          .send({ token });
        expect({ status, text }).toEqual({ status: 200, text: '' });
      }
    });

    it.each<[string, object]>([
      ['no token', {}],
      ['an empty token', { token: '' }],
      ['a token of another type', { token: 7 }],
      ['an empty list', { token: [] }],
      ['a list of 101', { token: Array(101).fill('x') }],
    ])('refuses %s with a 400 that names it', async (_, body) => {
      const { status, body: answer } = await portal
        .call('post', REVOKE)
        .send(body);
      expect(status).toBe(400);
      expect(answer.error.message).toContain('token');
    });

    it('refuses a body that is too large', async () => {
      await portal
        .call('post', REVOKE)
        .send({ token: 'x'.repeat(70_000) })
        .expect(413);
    });

    it('accepts 60 requests a minute from one address', async () => {
      const answers = [];
      for (let i = 0; i < 61; i++) {
        answers.push(await portal.call('post', REVOKE).send({ token: 'x' }));
      }
      const last = answers.pop();
      expect(answers.map(({ status }) => status)).toEqual(Array(60).fill(200));
      expect(last?.status).toBe(429);
      expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
      expect(last?.body.error.name).toBe('TooManyRequestsError');
    });

    it('answers 503 while the database is down: the key still works', async () => {
      const { secret } = await portal.createKey('ada');
      const knex = await databases.init(databaseId);
      const broken = await startTestPortal({ knex });
      await knex.schema.renameTable('api_keys', 'away');
      const { status, headers, text } = await broken
        .call('post', REVOKE)
        .send({ token: secret });
      expect(status).toBe(503);
      expect(headers['retry-after']).toBe('5');
      expect(text).not.toContain(secret);
      await broken.stop();
    });
  },
);
