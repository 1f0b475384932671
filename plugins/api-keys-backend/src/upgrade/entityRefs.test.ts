import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { TestDatabases } from '@backstage/backend-test-utils';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { Knex } from 'knex';
import { MIGRATIONS } from '../__testUtils__/releaseSnapshots';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { SecretDigests } from '../verification/SecretDigests';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const KEYS = '/api/api-keys/v1/keys';
/** First migration after which every ref is in its canonical form. */
const CANONICAL_REFS = '20261130020000_canonical_refs.js';
const ADA = 'user:default/ada';
const TEAM = 'group:default/team-a';

/**
 * Spellings that releases copied from user tokens of Backstage before 1.57, into which a sign-in resolver had put them.
 */
const SPELLED = { own: 'User:default/Ada', team: 'Group:Default/Team-A' };

describe.each(databases.eachSupportedId())(
  'keys that were stored under another spelling of their owner, on %s',
  databaseId => {
    const digests = new SecretDigests([]);
    const secrets = { own: generateSecret('bsk'), team: generateSecret('bsk') };
    let knex: Knex;
    let portal: TestPortal;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      for (const name of readdirSync(MIGRATIONS).sort()) {
        if (name >= CANONICAL_REFS) break;
        await knex.migrate.up({ directory: MIGRATIONS, name });
      }
      for (const name of ['own', 'team'] as const) {
        const owner = SPELLED[name];
        const id = randomUUID();
        const secret_digest = digests.sign(secrets[name]);
        await knex('api_key_owners').insert({ owner });
        await knex('api_keys').insert({
          ...{ id, name, search_text: name },
          ...{ secret_digest, hint: secrets[name].slice(-4) },
          ...{ owner, subject: owner, created_by: SPELLED.own },
          ...{ created_at: Date.now(), family_id: id },
        });
      }
      portal = await startTestPortal({ knex });
    });

    afterAll(() => portal.stop());

    it('belong to their owner, whose session has the canonical ref: they can be seen, used, rotated and revoked', async () => {
      const session = await portal.signIn('ada');
      const { body } = await portal.call('get', KEYS, session).expect(200);
      const owned = body.items.map(
        ({ name, owner, subject, createdBy }: any) => [
          ...[name, owner, subject, createdBy],
        ],
      );
      expect(owned.sort()).toEqual([
        ['own', ADA, ADA, ADA],
        ['team', TEAM, TEAM, ADA],
      ]);
      for (const [name, subject] of [
        ['own', ADA],
        ['team', TEAM],
      ] as const) {
        const { body: caller } = await portal
          .call('get', '/api/probe/whoami', secrets[name])
          .expect(200);
        expect(caller.info.userEntityRef).toBe(subject);
      }
      const linus = await portal.signIn('linus');
      for (const { id } of body.items) {
        await portal.call('get', `${KEYS}/${id}`, linus).expect(404);
        await portal
          .call('post', `${KEYS}/${id}/rotate`, session)
          .send({})
          .expect(201);
        await portal.call('delete', `${KEYS}/${id}`, session).expect(204);
      }
      for (const secret of Object.values(secrets)) {
        await portal.call('get', '/api/probe/whoami', secret).expect(401);
      }
    });
  },
);
