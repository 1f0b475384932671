import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const KEYS = '/api/api-keys/v1/keys';
const SELF = '/api/api-keys/v1/self';

describe.each(databases.eachSupportedId())(
  'rotation over HTTP on %s',
  databaseId => {
    let portal: TestPortal;
    let ada: string;

    beforeAll(async () => {
      portal = await startTestPortal({
        knex: await databases.init(databaseId),
      });
      ada = await portal.signIn('ada');
    });

    afterEach(async () => {
      portal.policy.current = () => undefined;
    });

    const statusFor = async (secret: string) =>
      (await portal.call('get', '/api/probe/whoami', secret)).status;

    describe('POST /v1/keys/{id}/rotate', () => {
      it('gives the owner a successor, whose first use ends the old key', async () => {
        const old = await portal.createKey('ada', {
          name: 'nightly',
          expiresIn: 'P7D',
        });
        const { status, headers, body } = await portal.call(
          'post',
          `${KEYS}/${old.key.id}/rotate`,
          ada,
        );
        expect(status).toBe(201);
        expect(headers['cache-control']).toBe('no-store');
        expect(body.key).toMatchObject({
          name: 'nightly',
          status: 'active',
          familyId: old.key.id,
          predecessorId: old.key.id,
          successorId: null,
        });

        expect(await statusFor(old.secret)).toBe(200);
        const { body: retiring } = await portal.call(
          'get',
          `${KEYS}/${old.key.id}`,
          ada,
        );
        expect(retiring).toMatchObject({
          status: 'retiring',
          successorId: body.key.id,
          overlapEndsAt: expect.stringMatching(/Z$/),
        });

        expect(await statusFor(body.secret)).toBe(200);
        const refused = await portal.call(
          'get',
          '/api/probe/whoami',
          old.secret,
        );
        expect(refused.status).toBe(401);
        expect(refused.headers['www-authenticate']).toContain('was revoked on');
        const { body: ended } = await portal.call(
          'get',
          `${KEYS}/${old.key.id}`,
          ada,
        );
        expect(ended).toMatchObject({
          status: 'revoked',
          revokedReason: 'rotated',
        });
      });

      it('ends the old key at once on request', async () => {
        const old = await portal.createKey('ada');
        const { body } = await portal
          .call('post', `${KEYS}/${old.key.id}/rotate`, ada)
          .send({ overlap: 'immediately', expiresIn: 'P1D' })
          .expect(201);
        expect(await statusFor(old.secret)).toBe(401);
        expect(await statusFor(body.secret)).toBe(200);
      });

      it.each<[object, string]>([
        [{ overlap: 'forever' }, 'overlap'],
        [{ expiresIn: 'P366D' }, 'expiresIn'],
        [{ expiresIn: '1 day' }, 'expiresIn'],
        [{ expiresAt: '2030-01-01T00:00:00Z' }, '"expiresAt"'],
        [[], 'the request'],
      ])(
        'refuses %j with a 400 that names it, and leaves the key as it was',
        async (request, named) => {
          const { key } = await portal.createKey('ada');
          const { status, body } = await portal
            .call('post', `${KEYS}/${key.id}/rotate`, ada)
            .send(request);
          expect(status).toBe(400);
          expect(body.error.message).toContain(named);
          const { body: after } = await portal.call(
            'get',
            `${KEYS}/${key.id}`,
            ada,
          );
          expect(after).toEqual(key);
          await portal.call('delete', `${KEYS}/${key.id}`, ada);
        },
      );

      it('answers 409 without a secret for an ended key', async () => {
        const { key } = await portal.createKey('ada');
        await portal.call('delete', `${KEYS}/${key.id}`, ada).expect(204);
        const { status, text } = await portal.call(
          'post',
          `${KEYS}/${key.id}/rotate`,
          ada,
        );
        expect(status).toBe(409);
        expect(text).not.toContain('bsk_');
      });

      it('answers 404 for a key of another owner', async () => {
        const { key } = await portal.createKey('linus');
        await portal.call('post', `${KEYS}/${key.id}/rotate`, ada).expect(404);
      });

      it('refuses another key of the owner', async () => {
        const { key } = await portal.createKey('ada');
        const other = await portal.createKey('ada');
        await portal
          .call('post', `${KEYS}/${key.id}/rotate`, other.secret)
          .expect(403);
      });

      it('needs the permission api-keys.key.rotate', async () => {
        const { key, secret } = await portal.createKey('ada');
        portal.policy.current = ({ permission }) =>
          permission.name === 'api-keys.key.rotate'
            ? { result: AuthorizeResult.DENY }
            : undefined;
        await portal.call('post', `${KEYS}/${key.id}/rotate`, ada).expect(403);
        await portal.call('post', `${SELF}/rotate`, secret).expect(403);
      });
    });

    describe('/v1/self', () => {
      it('shows the key that the request carries', async () => {
        const { key, secret } = await portal.createKey('linus');
        const { body } = await portal.call('get', SELF, secret).expect(200);
        expect(body.id).toBe(key.id);
      });

      it('rotates it, again and again, each key ending the one before', async () => {
        let { secret } = await portal.createKey('linus');
        for (let i = 0; i < 3; i++) {
          const { body } = await portal
            .call('post', `${SELF}/rotate`, secret)
            .expect(201);
          expect(await statusFor(body.secret)).toBe(200);
          expect(await statusFor(secret)).toBe(401);
          secret = body.secret;
        }
      });

      it('rotates it once more with the old secret if the answer was lost', async () => {
        const { secret } = await portal.createKey('linus');
        const lost = await portal
          .call('post', `${SELF}/rotate`, secret)
          .expect(201);
        const received = await portal
          .call('post', `${SELF}/rotate`, secret)
          .expect(201);
        expect(await statusFor(lost.body.secret)).toBe(401);
        expect(await statusFor(received.body.secret)).toBe(200);
      });

      it('revokes it', async () => {
        const { secret } = await portal.createKey('linus');
        await portal.call('delete', SELF, secret).expect(204);
        expect(await statusFor(secret)).toBe(401);
      });

      it.each<['get' | 'delete' | 'post', string]>([
        ['get', SELF],
        ['delete', SELF],
        ['post', `${SELF}/rotate`],
      ])('is not for users without a key: %s %s', async (method, path) => {
        const { status, body } = await portal.call(method, path, ada);
        expect(status).toBe(403);
        expect(body.error.message).toContain('has to carry an API key');
        await portal.call(method, path).expect(401);
      });

      it('is not for plugins on behalf of a key', async () => {
        const { secret } = await portal.createKey('linus');
        await portal
          .call('post', '/api/probe/hop/api-keys/v1/self/rotate', secret)
          .expect(403);
        await portal
          .call('delete', '/api/probe/hop/api-keys/v1/self', secret)
          .expect(403);
        expect(await statusFor(secret)).toBe(200);
      });
    });
  },
);
