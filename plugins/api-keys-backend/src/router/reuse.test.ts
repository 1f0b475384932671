import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const API = '/api/api-keys/v1';

describe.each(databases.eachSupportedId())(
  'rotating with a rotated-out secret on %s',
  databaseId => {
    let knex: Knex;
    let portal: TestPortal;

    afterEach(() => portal.stop());

    const start = async (revokeFamilyOnReuse: boolean) => {
      knex = await databases.init(databaseId);
      portal = await startTestPortal({
        knex,
        apiKeys: { rotation: { revokeFamilyOnReuse } },
      });
    };
    const rotate = (secret: string) =>
      portal.call('post', `${API}/self/rotate`, secret);
    const statusFor = async (secret: string) =>
      (await portal.call('get', '/api/probe/whoami', secret)).status;

    /** Returns a rotated-out secret, and its successor. */
    async function rotatedOut() {
      const old = await portal.createKey('ada');
      const { body: successor } = await rotate(old.secret).expect(201);
      expect(await statusFor(successor.secret)).toBe(200);
      expect(await statusFor(old.secret)).toBe(401);
      return { old, successor };
    }

    it('is refused, and leaves the family unchanged by default', async () => {
      await start(false);
      const { old, successor } = await rotatedOut();
      const { headers, body } = await rotate(old.secret).expect(401);
      expect(headers['www-authenticate']).toContain(
        'error="invalid_token", error_description="The API key was revoked on',
      );
      expect(body).not.toHaveProperty('secret');
      expect(JSON.stringify(body)).not.toContain(old.key.id);
      expect(await statusFor(successor.secret)).toBe(200);
    });

    it('ends the whole family if the portal is configured to treat it as a theft', async () => {
      await start(true);
      const { old, successor } = await rotatedOut();
      const { body: newest } = await rotate(successor.secret).expect(201);

      await rotate(old.secret).expect(401);
      expect(await statusFor(successor.secret)).toBe(401);
      expect(await statusFor(newest.secret)).toBe(401);
      const ada = await portal.signIn('ada');
      for (const { key } of [successor, newest]) {
        const { body } = await portal.call('get', `${API}/keys/${key.id}`, ada);
        expect(body).toMatchObject({
          status: 'revoked',
          revokedReason: 'leaked',
          revokedBy: null,
        });
      }
      const events = await knex('api_key_events').where({ type: 'revoked' });
      expect(
        events
          .filter(({ category }) => category === 'SECURITY')
          .map(({ key_id, details }) => [key_id, JSON.parse(details).cause]),
      ).toEqual(
        expect.arrayContaining([
          [successor.key.id, 'rotated-key-reused'],
          [newest.key.id, 'rotated-key-reused'],
        ]),
      );
    });

    it('is the only use that does so', async () => {
      await start(true);
      const { old, successor } = await rotatedOut();
      await portal.call('get', `${API}/self`, old.secret).expect(401);
      await portal.call('delete', `${API}/self`, old.secret).expect(401);
      await portal.call('get', '/api/probe/whoami', old.secret).expect(401);
      expect(await statusFor(successor.secret)).toBe(200);
    });

    it('differs from rotating with a secret that ended otherwise', async () => {
      await start(true);
      const first = await portal.createKey('ada');
      const { body: lost } = await rotate(first.secret).expect(201);
      const { body: received } = await rotate(first.secret).expect(201);
      // Superseded rather than rotated out: the answer may have arrived late.
      await rotate(lost.secret).expect(401);
      expect(await statusFor(received.secret)).toBe(200);
    });

    it('still requires credentials', async () => {
      await start(true);
      const { headers } = await portal
        .call('post', `${API}/self/rotate`)
        .expect(401);
      expect(headers['www-authenticate']).toBe('Bearer realm="backstage"');
      await rotate(await portal.signIn('ada')).expect(403);
    });
  },
);
