import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { leakyPlugin } from '../__testUtils__/leakyPlugin';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const KEYS = '/api/api-keys/v1/keys';

describe.each(databases.eachSupportedId())(
  'POST /v1/keys/lookup on %s',
  databaseId => {
    let portal: TestPortal;
    let ada: string;

    beforeAll(async () => {
      portal = await startTestPortal({
        knex: await databases.init(databaseId),
        features: [leakyPlugin('leaky')],
      });
      ada = await portal.signIn('ada');
    });

    afterEach(() => {
      portal.policy.current = () => undefined;
    });

    afterAll(() => portal.stop());

    const lookUp = (token: string, bearer = ada) =>
      portal.call('post', `${KEYS}/lookup`, bearer).send({ token });

    it('finds the key of a secret, without counting a use or adding an event', async () => {
      const { key, secret } = await portal.createKey('ada');
      const { body } = await lookUp(secret).expect(200);
      expect(body).toEqual(key);
      const after = await portal.call('get', `${KEYS}/${key.id}`, ada);
      expect(after.body).toMatchObject({ useCount: 0, lastUsedAt: null });
      const events = await portal.call('get', `${KEYS}/${key.id}/events`, ada);
      expect(events.body.items).toEqual([
        expect.objectContaining({ type: 'created' }),
      ]);
    });

    it('finds ended keys, and those of the groups of the caller', async () => {
      const dead = await portal.createKey('ada');
      await portal.call('delete', `${KEYS}/${dead.key.id}`, ada).expect(204);
      const { body } = await lookUp(dead.secret).expect(200);
      expect(body).toMatchObject({ id: dead.key.id, status: 'revoked' });
      const team = await portal.createKey('ada', {
        owner: 'group:default/team-a',
      });
      const found = await lookUp(team.secret).expect(200);
      expect(found.body.id).toBe(team.key.id);
    });

    it('has one answer for a secret of another user, an unknown secret and a text that is none', async () => {
      const { secret } = await portal.createKey('linus');
      const answers = await Promise.all(
        [secret, generateSecret('bsk'), 'garbage'].map(token => lookUp(token)),
      );
      for (const { status, body } of answers) {
        expect(status).toBe(404);
        expect(body.error).toEqual({
          name: 'NotFoundError',
          message: 'None of your API keys has this secret',
        });
      }
    });

    it('finds only what the policy lets the caller read', async () => {
      const { secret } = await portal.createKey('ada');
      portal.policy.current = ({ permission }) =>
        permission.name === 'api-keys.key.read'
          ? { result: AuthorizeResult.DENY }
          : undefined;
      await lookUp(secret).expect(404);
    });

    it('is for users in person: neither for keys, nor for plugins on their behalf', async () => {
      const { secret } = await portal.createKey('ada');
      await lookUp(secret, secret).expect(403);
      await portal
        .call('post', '/api/leaky/as/api-keys/v1/keys/lookup', ada)
        .send({ token: secret })
        .expect(403);
    });

    it('requires a sign-in', async () => {
      const { secret } = await portal.createKey('ada');
      await portal
        .call('post', `${KEYS}/lookup`)
        .send({ token: secret })
        .expect(401);
    });
  },
);
