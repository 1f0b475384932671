import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import { silentPlugin } from '../__testUtils__/silentPlugin';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { onlyGraceAdministers } from '../__testUtils__/testPolicy';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const ADA = 'user:default/ada';
const TEAM = 'group:default/team-a';
const { ALLOW, DENY, CONDITIONAL } = AuthorizeResult;

describe.each(databases.eachSupportedId())(
  'POST /v1/keys/:id/check on %s',
  databaseId => {
    let portal: TestPortal;
    let ada: string;
    let grace: string;

    beforeAll(async () => {
      const knex = await databases.init(databaseId);
      portal = await startTestPortal({ knex, features: [silentPlugin] });
      ada = await portal.signIn('ada');
      grace = await portal.signIn('grace');
    });

    beforeEach(() => {
      portal.policy.current = onlyGraceAdministers;
    });

    afterAll(() => portal.stop());

    const check = async (
      id: string,
      request: JsonObject,
      bearer: string = ada,
    ) => {
      const { body } = await portal
        .call('post', `/api/api-keys/v1/keys/${id}/check`, bearer)
        .send(request)
        .expect(200);
      return body;
    };

    it('checks the state of the key first', async () => {
      const { key } = await portal.createKey('ada');
      await portal
        .call('delete', `/api/api-keys/v1/keys/${key.id}`, ada)
        .expect(204);
      expect(await check(key.id, { plugin: 'probe' })).toEqual({
        allowed: false,
        decision: 'deny',
        rule: 'status',
        message: expect.stringContaining('was revoked on'),
      });
    });

    it('then checks its restrictions', async () => {
      const { key } = await portal.createKey('ada', {
        accessRestrictions: [{ plugin: 'probe', permission: ['probe.a'] }],
      });
      const refused = {
        allowed: false,
        decision: 'deny',
        rule: 'restriction',
      };
      expect(await check(key.id, { plugin: 'other' })).toEqual({
        ...refused,
        message:
          "The API key may not be used for the plugin 'other', only for 'probe'",
      });
      expect(
        await check(key.id, { plugin: 'probe', permission: 'probe.b' }),
      ).toEqual({
        ...refused,
        message: expect.stringContaining(`not for its permission 'probe.b'`),
      });
    });

    it('applies the restrictions of the policy of the owner', async () => {
      const { key } = await portal.createKey('ada');
      const owner = encodeURIComponent(ADA);
      await portal
        .call('put', `/api/api-keys/v1/admin/owners/${owner}/policy`, grace)
        .send({ restrictions: { forbidden: ['other'] } })
        .expect(200);
      expect(await check(key.id, { plugin: 'other' })).toMatchObject({
        decision: 'deny',
        rule: 'restriction',
      });
    });

    it.each([
      [ALLOW, 'probe.a', 'allow', 'allows user:default/ada'],
      [DENY, 'probe.a', 'deny', 'does not allow user:default/ada'],
      [CONDITIONAL, 'probe.thing.read', 'conditional', 'for some things'],
    ])(
      'asks the permission policy last: %s',
      async (result, permission, decision, message) => {
        const { key } = await portal.createKey('ada');
        portal.policy.current = query => {
          if (!query.permission.name.startsWith('probe.')) return undefined;
          return result === CONDITIONAL
            ? {
                result,
                pluginId: 'probe',
                resourceType: 'thing',
                conditions: { rule: 'IS', resourceType: 'thing', params: {} },
              }
            : { result };
        };
        expect(await check(key.id, { plugin: 'probe', permission })).toEqual({
          allowed: decision === 'allow',
          decision,
          rule: 'policy',
          message: expect.stringContaining(message),
        });
        expect(await check(key.id, { plugin: 'probe' })).toMatchObject({
          allowed: true,
          rule: 'policy',
        });
      },
    );

    it('cannot ask the permission policy for a group or another user', async () => {
      const team = await portal.createKey('ada', { owner: TEAM });
      const mine = await portal.createKey('ada');
      const asked = { plugin: 'probe', permission: 'probe.a' };
      for (const [id, bearer, subject] of [
        [team.key.id, ada, TEAM],
        [mine.key.id, grace, ADA],
      ]) {
        expect(await check(id, asked, bearer)).toEqual({
          allowed: false,
          decision: 'conditional',
          rule: 'policy',
          message: expect.stringContaining(`only ${subject} can ask it`),
        });
      }
    });

    it('does not count as a use of the key', async () => {
      const { key } = await portal.createKey('ada');
      await check(key.id, { plugin: 'probe', permission: 'probe.a' });
      const { body } = await portal.call(
        'get',
        `/api/api-keys/v1/keys/${key.id}`,
        ada,
      );
      expect(body).toMatchObject({ useCount: 0, lastUsedAt: null });
    });

    it.each<[number, JsonObject, string]>([
      [400, { plugin: 'gone' }, 'plugin: must be a plugin'],
      [400, { plugin: 'auth' }, 'plugin: must be a plugin'],
      [
        400,
        { plugin: 'probe', permission: 'probe.z' },
        `permission: must be a permission of the plugin 'probe': probe.look, probe.a`,
      ],
      [
        503,
        { plugin: 'silent', permission: 'silent.x' },
        `the plugin 'silent' cannot be looked up`,
      ],
    ])('answers %d to %j', async (status, request, message) => {
      const { key } = await portal.createKey('ada');
      const { body } = await portal
        .call('post', `/api/api-keys/v1/keys/${key.id}/check`, ada)
        .send(request)
        .expect(status);
      expect(body.error.message).toContain(message);
    });

    it('is for owners and admins who may see the key, in person', async () => {
      const { key, secret } = await portal.createKey('ada');
      const send = async (bearer: string) =>
        portal
          .call('post', `/api/api-keys/v1/keys/${key.id}/check`, bearer)
          .send({ plugin: 'probe' });
      expect((await send(await portal.signIn('linus'))).status).toBe(404);
      expect((await send(secret)).status).toBe(403);
      portal.policy.current = query =>
        query.permission.name === 'api-keys.key.read'
          ? { result: DENY }
          : undefined;
      expect((await send(ada)).status).toBe(404);
      expect((await send(grace)).status).toBe(404);
    });
  },
);
