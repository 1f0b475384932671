import { TestDatabases } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import { exchangeAsPlugin } from '../__testUtils__/exchangeAsPlugin';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { TestPolicy } from '../__testUtils__/testPolicy';
import { apiKeyConditions, createApiKeyConditionalDecision } from '../index';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const ADA = 'user:default/ada';
const TEAM_A = 'group:default/team-a';
const CONTRACTORS = 'group:default/contractors';
const BREAK_GLASS = 'group:default/break-glass';
const KEYS = '/api/api-keys/v1/keys';

/** Allows only members of a group. */
const onlyFor =
  (group: string): TestPolicy =>
  ({ permission }, user) =>
    permission.name === 'probe.look' &&
    !user?.info.ownershipEntityRefs.includes(group)
      ? { result: AuthorizeResult.DENY }
      : undefined;

/** Shows every user the keys that belong to the claims of the session. */
const onlyOwnKeys: TestPolicy = ({ permission }, user) =>
  permission.name === 'api-keys.key.read'
    ? (createApiKeyConditionalDecision(
        permission as never,
        apiKeyConditions.isOwner({
          claims: user?.info.ownershipEntityRefs ?? [],
        }),
      ) as PolicyDecision)
    : undefined;

describe.each(databases.eachSupportedId())(
  'the ownership of a key that is created in a session, on %s',
  databaseId => {
    let knex: Knex;
    let portal: TestPortal;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      portal = await startTestPortal({ knex });
    });

    afterEach(() => {
      portal.policy.current = () => undefined;
      jest.restoreAllMocks();
    });
    afterAll(() => portal.stop());

    const create = async (session: string, body: object = {}) => {
      const response = await portal
        .call('post', KEYS, session)
        .send({ name: 'ci', ...body })
        .expect(201);
      return response.body as {
        key: { id: string; ownershipCap: string[] | null };
        secret: string;
        missingOwnership: string[];
      };
    };
    const rotate = async (session: string, id: string) => {
      const { body } = await portal
        .call('post', `${KEYS}/${id}/rotate`, session)
        .send({})
        .expect(201);
      return body as Awaited<ReturnType<typeof create>>;
    };
    const rotateSelf = async (secret: string) => {
      const { body } = await portal
        .call('post', '/api/api-keys/v1/self/rotate', secret)
        .send({})
        .expect(201);
      return body as Awaited<ReturnType<typeof create>>;
    };
    const owned = async (bearer: string): Promise<string[]> => {
      const { body } = await portal
        .call('get', '/api/probe/whoami', bearer)
        .expect(200);
      return body.info.ownershipEntityRefs;
    };
    const ownedAccordingToAuth = async (token: string): Promise<string[]> => {
      const { body } = await portal
        .call('get', '/api/auth/v1/userinfo', token)
        .expect(200);
      expect(body.claims.sub).toBe(ADA);
      return body.claims.ent;
    };
    const mayLook = async (bearer: string, hop = '') => {
      const { body } = await portal
        .call('get', `/api/probe/${hop}allowed`, bearer)
        .expect(200);
      return body.allowed;
    };
    const fullSession = () => portal.signIn('ada');
    const contractorSession = () => portal.signIn(ADA, [ADA, CONTRACTORS]);

    describe('with less than its user owns', () => {
      it('is that of the session', async () => {
        const { key, secret, missingOwnership } = await create(
          await contractorSession(),
        );
        expect(await owned(secret)).toEqual([ADA]);
        expect(key.ownershipCap).toEqual([ADA, CONTRACTORS]);
        expect(missingOwnership).toEqual([CONTRACTORS]);
      });

      it('stays so permanently, also after a sign-in with everything that the user owns', async () => {
        const { secret } = await create(await contractorSession());
        await fullSession();
        expect(await owned(secret)).toEqual([ADA]);
      });

      it('is empty for a session without ownership', async () => {
        const { secret } = await create(await portal.signIn(ADA, []));
        expect(await owned(secret)).toEqual([]);
        portal.policy.current = onlyFor(ADA);
        expect(await mayLook(secret)).toBe(false);
      });

      it('decides permissions on every hop, in any order of requests by session and key', async () => {
        portal.policy.current = onlyFor(TEAM_A);
        const { secret } = await create(await contractorSession());
        expect(await mayLook(secret)).toBe(false);
        const session = await fullSession();
        expect(await mayLook(session)).toBe(true);
        expect(await mayLook(secret)).toBe(false);
        expect(await mayLook(secret, 'hop/other/')).toBe(false);
        expect(await mayLook(session, 'hop/other/')).toBe(true);
      });

      it('decides which keys a conditional policy shows to a key', async () => {
        portal.policy.current = onlyOwnKeys;
        const session = await fullSession();
        const { key } = await create(session, { owner: TEAM_A });
        const { secret: full } = await create(session);
        const { secret: capped } = await create(await contractorSession());
        const path = `${KEYS}/${key.id}`;
        await portal.call('get', path, full).expect(200);
        await portal.call('get', path, capped).expect(404);
        await portal.call('get', path, await fullSession()).expect(200);
      });

      it('is the same for a successor, by the owner and by the key itself', async () => {
        const { key } = await create(await contractorSession());
        const byOwner = await rotate(await fullSession(), key.id);
        expect(await owned(byOwner.secret)).toEqual([ADA]);
        expect(byOwner.missingOwnership).toEqual([TEAM_A]);
        const byItself = await rotateSelf(byOwner.secret);
        expect(await owned(byItself.secret)).toEqual([ADA]);
        expect(byItself.missingOwnership).toEqual([]);
      });

      it('shrinks with a rotation in such a session, even for a key that had more', async () => {
        const { key, secret } = await create(await fullSession());
        expect(await owned(secret)).toEqual([ADA, TEAM_A]);
        const successor = await rotate(await contractorSession(), key.id);
        expect(await owned(successor.secret)).toEqual([ADA]);
      });

      it('does not lift the policy of a group', async () => {
        const grace = await portal.signIn('grace');
        const path = `/api/api-keys/v1/admin/owners/${encodeURIComponent(
          TEAM_A,
        )}/policy`;
        await portal
          .call('put', path, grace)
          .send({ lifetime: { max: 'P7D' } })
          .expect(200);
        await portal
          .call('post', KEYS, await contractorSession())
          .send({ name: 'ci', expiresIn: 'P30D' })
          .expect(400);
        await portal.call('delete', path, grace).expect(204);
      });
    });

    describe('with more than the catalog knows', () => {
      const joinWithOverflow = () =>
        portal.signIn(ADA, [ADA, TEAM_A, BREAK_GLASS]);

      it('is that of the catalog, and the response lists what is missing', async () => {
        const { key, secret, missingOwnership } = await create(
          await joinWithOverflow(),
        );
        expect(await owned(secret)).toEqual([ADA, TEAM_A]);
        expect(key.ownershipCap).toBeNull();
        expect(missingOwnership).toEqual([BREAK_GLASS]);
      });

      it('is announced before a key is created', async () => {
        const { body } = await portal
          .call('get', '/api/api-keys/v1/policy', await joinWithOverflow())
          .expect(200);
        expect(body).toMatchObject({
          canCreate: true,
          cannotCreateReason: null,
          missingOwnership: [BREAK_GLASS],
        });
      });

      it('is complete for a key of a group, which owns only the group', async () => {
        const session = await joinWithOverflow();
        const { secret, missingOwnership } = await create(session, {
          owner: TEAM_A,
        });
        expect(missingOwnership).toEqual([]);
        expect(await owned(secret)).toEqual([TEAM_A]);
      });

      it('does not include creating keys of a group that only the session knows', async () => {
        await portal
          .call('post', KEYS, await joinWithOverflow())
          .send({ name: 'ci', owner: BREAK_GLASS })
          .expect(403);
        const { body } = await portal
          .call(
            'get',
            `/api/api-keys/v1/policy?owner=${BREAK_GLASS}`,
            await joinWithOverflow(),
          )
          .expect(200);
        expect(body.canCreate).toBe(false);
        expect(body.cannotCreateReason).toMatch('you are not one of them');
      });

      it('decides permissions in any order of requests by session and key', async () => {
        portal.policy.current = onlyFor(BREAK_GLASS);
        const session = await joinWithOverflow();
        const { secret } = await create(session);
        expect(await mayLook(secret)).toBe(false);
        expect(await mayLook(session)).toBe(true);
        expect(await mayLook(secret)).toBe(false);
        expect(await mayLook(session)).toBe(true);
      });
    });

    describe('next to sessions of its user', () => {
      it('does not change them by an exchange', async () => {
        const { secret } = await create(await fullSession());
        const session = await portal.signIn(ADA, [ADA]);
        await exchangeAsPlugin(portal, secret);
        expect(await owned(secret)).toEqual([ADA, TEAM_A]);
        expect(await ownedAccordingToAuth(session)).toEqual([ADA]);
        expect(await owned(session)).toEqual([ADA]);
        portal.policy.current = onlyFor(TEAM_A);
        expect(await mayLook(session)).toBe(false);
        expect(await mayLook(secret)).toBe(true);
      });

      it('is not affected by a later sign-in', async () => {
        const { secret } = await create(await fullSession());
        const token = await exchangeAsPlugin(portal, secret);
        await portal.signIn(ADA, [ADA, BREAK_GLASS]);
        expect(await owned(secret)).toEqual([ADA, TEAM_A]);
        expect(await owned(token)).toEqual([ADA, TEAM_A]);
        expect(await ownedAccordingToAuth(token)).toEqual([ADA, TEAM_A]);
      });

      it('is what the auth plugin returns for its user token, as long as the key is accepted', async () => {
        const { key, secret } = await create(await contractorSession());
        const token = await exchangeAsPlugin(portal, secret);
        await fullSession();
        expect(await ownedAccordingToAuth(token)).toEqual([ADA]);
        const trailingSlash = await portal.call(
          'get',
          '/api/auth/v1/UserInfo/',
          token,
        );
        expect(trailingSlash.body.claims.ent).toEqual([ADA]);

        const forged = `${token.slice(0, token.lastIndexOf('.'))}.AAAA`;
        await portal.call('get', '/api/auth/v1/userinfo', forged).expect(401);
        await portal
          .call('delete', `${KEYS}/${key.id}`, await fullSession())
          .expect(204);
        await portal.call('get', '/api/auth/v1/userinfo', token).expect(401);
        await portal.call('get', '/api/probe/whoami', token).expect(401);
      });
    });

    describe('for a key that', () => {
      it('an older version created is all that its owner owns, until it is rotated', async () => {
        const { key, secret } = await create(await contractorSession());
        await knex('api_keys')
          .where('id', key.id)
          .update('ownership_cap', null);
        // Changes by hand reach the cache only with another key.
        const { secret: other } = await create(await fullSession());
        expect(await owned(other)).toEqual([ADA, TEAM_A]);
        const successor = await rotate(await contractorSession(), key.id);
        expect(await owned(successor.secret)).toEqual([ADA]);
        expect(secret).toMatch(/^bsk_/);
      });

      it('is transferred to a group is the group only', async () => {
        const { key, secret } = await create(await contractorSession());
        expect(await owned(secret)).toEqual([ADA]);
        await portal
          .call(
            'post',
            '/api/api-keys/v1/admin/transfer',
            await portal.signIn('grace'),
          )
          .send({ ids: [key.id], owner: TEAM_A })
          .expect(200);
        expect(await owned(secret)).toEqual([TEAM_A]);
      });
    });

    describe('when it cannot be resolved', () => {
      const unanswered = async (session: string) => [
        await portal.call('get', '/api/api-keys/v1/policy', session),
        await portal.call('post', KEYS, session).send({ name: 'never' }),
      ];

      it.each([
        ['the catalog is away', () => Promise.reject(new Error('away'))],
        ['the catalog does not answer', () => new Promise<never>(() => {})],
      ])(
        'causes a 503, and no key is created: %s',
        async (_, answer) => {
          const session = await fullSession();
          const { key } = await create(session);
          jest
            .spyOn(portal.catalog, 'getEntityByRef')
            .mockImplementation(answer);
          const answers = [
            ...(await unanswered(session)),
            await portal
              .call('post', `${KEYS}/${key.id}/rotate`, session)
              .send({}),
          ];
          for (const { status, headers, body } of answers) {
            expect(status).toBe(503);
            expect(headers['retry-after']).toBe('5');
            expect(body.error.message).toMatch('cannot be told right now');
          }
          const made = await knex('api_keys').where('name', 'never');
          expect(made).toEqual([]);
          const successors = await knex('api_keys').where(
            'predecessor_id',
            key.id,
          );
          expect(successors).toEqual([]);
        },
        30_000,
      );
    });

    it('limits the decision of a key check', async () => {
      const check = async (session: string, id: string) => {
        const { body } = await portal
          .call('post', `${KEYS}/${id}/check`, session)
          .send({ plugin: 'probe', permission: 'probe.look' })
          .expect(200);
        return body;
      };
      portal.policy.current = onlyFor(TEAM_A);
      const session = await fullSession();
      const full = await create(session);
      expect(await check(session, full.key.id)).toMatchObject({
        decision: 'allow',
      });
      const capped = await create(await contractorSession());
      expect(await check(await fullSession(), capped.key.id)).toMatchObject({
        allowed: false,
        decision: 'conditional',
        message: expect.stringContaining('does not own the same'),
      });
    });
  },
);
