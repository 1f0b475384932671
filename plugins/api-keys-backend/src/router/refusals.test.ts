import { TestDatabases } from '@backstage/backend-test-utils';
import { eventually } from '../__testUtils__/eventually';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'a valid secret of an ended key on %s',
  databaseId => {
    let portals: TestPortal[];
    let ada: string;

    beforeAll(async () => {
      const knex = await databases.init(databaseId);
      // Two replicas.
      portals = [
        await startTestPortal({ knex }),
        await startTestPortal({ knex }),
      ];
      ada = await portals[0].signIn('ada');
    });

    const present = (secret: string, replica = 0) =>
      portals[replica]
        .call('get', '/api/probe/whoami', secret)
        .set('User-Agent', 'forgotten-job/1.0')
        .expect(401);

    const securityEventsOf = async (keyId: string) => {
      const { body } = await portals[0]
        .call('get', `/api/api-keys/v1/keys/${keyId}/events`, ada)
        .expect(200);
      return body.items.filter(
        ({ category }: { category: string }) => category === 'SECURITY',
      );
    };

    it('is recorded once a day for all replicas, with its origin', async () => {
      const { key, secret } = await portals[0].createKey('ada');
      await portals[0]
        .call('delete', `/api/api-keys/v1/keys/${key.id}`, ada)
        .expect(204);
      for (let i = 0; i < 6; i++) await present(secret, i % 2);
      await eventually(async () => {
        expect(await securityEventsOf(key.id)).toEqual([
          expect.objectContaining({
            type: 'refused',
            actor: null,
            details: {
              reason: 'owner',
              plugin: 'probe',
              ip: expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
              userAgent: 'forgotten-job/1.0',
            },
          }),
        ]);
      });
    });

    it('is recorded without secrets in the user agent, and so is a last use', async () => {
      const { key, secret } = await portals[0].createKey('ada');
      const path = `/api/api-keys/v1/keys/${key.id}`;
      // Cutting at the length of the column first would leave a part of the secret.
      const userAgent = `${'x'.repeat(230)} --token=${secret}`;
      await portals[0]
        .call('get', '/api/probe/whoami', secret)
        .set('User-Agent', userAgent)
        .expect(200);
      await eventually(async () => {
        const { body } = await portals[0].call('get', path, ada);
        expect(body.lastUsedUserAgent).toBe(
          `${'x'.repeat(230)} --token=bsk_[redacted]`.slice(0, 255),
        );
      });
      await portals[0].call('delete', path, ada).expect(204);
      await portals[0]
        .call('get', '/api/probe/whoami', secret)
        .set('User-Agent', `curl ${secret}`)
        .expect(401);
      await eventually(async () => {
        expect(await securityEventsOf(key.id)).toEqual([
          expect.objectContaining({
            details: expect.objectContaining({
              userAgent: 'curl bsk_[redacted]',
            }),
          }),
        ]);
      });
    });

    it('of a rotated-out key is recorded as an event type of its own', async () => {
      const { key, secret } = await portals[0].createKey('ada');
      const { body: successor } = await portals[0]
        .call('post', '/api/api-keys/v1/self/rotate', secret)
        .expect(201);
      await portals[0]
        .call('get', '/api/probe/whoami', successor.secret)
        .expect(200);
      await present(secret);
      await eventually(async () => {
        expect(await securityEventsOf(key.id)).toEqual([
          expect.objectContaining({ type: 'rotated-key-presented' }),
        ]);
      });
    });

    it('is not recorded by a lookup or a revocation', async () => {
      const { key, secret } = await portals[0].createKey('ada');
      await portals[0]
        .call('post', '/api/api-keys/v1/revoke')
        .send({ token: secret });
      await portals[0]
        .call('post', '/api/api-keys/v1/revoke')
        .send({ token: secret });
      await portals[0]
        .call('post', '/api/api-keys/v1/admin/lookup', ada)
        .send({ token: secret })
        .expect(200);
      expect(await securityEventsOf(key.id)).toEqual([]);
    });
  },
);
