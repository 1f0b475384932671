import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { connectMcp, mcpFeatures } from '../__testUtils__/mcp';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const TEAM = 'group:default/team-a';
const SECRET = /bsk_[0-9A-Za-z]{20}/;

describe.each(databases.eachSupportedId())(
  'an MCP client on %s',
  databaseId => {
    let portal: TestPortal;
    const answers: string[] = [];

    beforeAll(async () => {
      portal = await startTestPortal({
        knex: await databases.init(databaseId),
        config: {
          backend: {
            baseUrl: 'http://localhost:0',
            listen: { port: 0 },
            database: { client: 'better-sqlite3', connection: ':memory:' },
            actions: { pluginSources: ['api-keys'] },
          },
        },
        features: mcpFeatures,
      });
    });

    afterEach(() => {
      portal.policy.current = () => undefined;
    });

    afterAll(() => portal.stop());

    /** A client whose answers are all searched for secrets at the end. */
    async function connect(bearer: string) {
      const { client, call } = await connectMcp(portal, bearer);
      const kept: typeof call = async (name, args) => {
        const result = await call(name, args);
        answers.push(result.text, JSON.stringify(result.output ?? null));
        return result;
      };
      return { client, call: kept };
    }

    const statusOf = async (secret: string) =>
      (await portal.call('get', '/api/probe/whoami', secret)).status;

    it('finds three tools, and which of them are safe to call', async () => {
      const { secret } = await portal.createKey('ada');
      const { client } = await connect(secret);
      const { tools } = await client.listTools();
      const hints = (
        readOnlyHint: boolean,
        destructiveHint: boolean,
        idempotentHint: boolean,
      ) =>
        expect.objectContaining({
          readOnlyHint,
          destructiveHint,
          idempotentHint,
        });
      expect(
        Object.fromEntries(
          tools.map(({ name, annotations }) => [name, annotations]),
        ),
      ).toEqual({
        'api-keys.list': hints(true, false, true),
        'api-keys.whoami': hints(true, false, true),
        'api-keys.revoke': hints(false, true, true),
      });
      expect(tools.every(({ description }) => description!.length > 100)).toBe(
        true,
      );
    });

    describe('that lists keys', () => {
      it('sees those of its owner and of the owner’s groups, and no others', async () => {
        const name = `ours-${databaseId}`;
        const { key, secret } = await portal.createKey('ada', { name });
        const { key: teams } = await portal.createKey('grace', {
          name,
          owner: TEAM,
        });
        await portal.createKey('grace', { name });
        await portal.createKey('linus', { name });
        const { call } = await connect(secret);
        const { output } = await call('api-keys.list', { q: name });
        expect(output).toMatchObject({ totalItems: 2, totalIsCapped: false });
        expect(output.keys).toEqual([
          expect.objectContaining({ id: teams.id, owner: TEAM }),
          expect.objectContaining({ id: key.id, status: 'active', name }),
        ]);
      });

      it('receives no addresses of last uses', async () => {
        const { secret } = await portal.createKey('ada');
        await portal.call('get', '/api/probe/whoami', secret).expect(200);
        const { call } = await connect(secret);
        const { text } = await call('api-keys.list');
        expect(text).not.toMatch(/lastUsedIp|127\.0\.0\.1|UserAgent/);
      });

      it('filters by status, and turns pages', async () => {
        const name = `pages-${databaseId}`;
        const { secret } = await portal.createKey('ada', { name });
        const token = await portal.signIn('ada');
        const { key: dead } = await portal.createKey('ada', { name });
        await portal
          .call('delete', `/api/api-keys/v1/keys/${dead.id}`, token)
          .expect(204);
        const { call } = await connect(secret);
        const idsOf = ({ output }: Awaited<ReturnType<typeof call>>) =>
          output.keys.map(({ id }: { id: string }) => id);
        expect(
          idsOf(await call('api-keys.list', { q: name, status: ['revoked'] })),
        ).toEqual([dead.id]);
        const first = await call('api-keys.list', { q: name, limit: 1 });
        expect(idsOf(first)).toEqual([dead.id]);
        const second = await call('api-keys.list', {
          q: name,
          limit: 1,
          cursor: first.output.nextCursor,
        });
        expect(second.output.keys).toHaveLength(1);
        expect(second.output.nextCursor).toBeUndefined();
      });

      it.each([
        { status: ['alive'] },
        { limit: 0 },
        { limit: 201 },
        { q: 'x'.repeat(201) },
        { cursor: 'nonsense' },
      ])('receives an error for bad input %j', async input => {
        const { secret } = await portal.createKey('linus');
        const { call } = await connect(secret);
        const result = await call('api-keys.list', input);
        expect(result.isError).toBe(true);
        expect(result.text).toContain('InputError');
      });

      it.each(['q', 'cursor'])(
        'refuses a secret as %s, says what to do and does not repeat it',
        async argument => {
          const { secret } = await portal.createKey('ada');
          const { call } = await connect(secret);
          const result = await call('api-keys.list', {
            [argument]: `is this one: ${secret}?`,
          });
          expect(result.isError).toBe(true);
          expect(result.text).toContain(
            `${argument}: contains an API key: remove it, and revoke the key if others may have seen it`,
          );
        },
      );

      it('does not repeat a secret that is no status', async () => {
        const { secret } = await portal.createKey('ada');
        const { client, call } = await connect(secret);
        const { tools } = await client.listTools();
        const list = tools.find(({ name }) => name === 'api-keys.list')!;
        expect(list.inputSchema.properties!.status).toMatchObject({
          items: { enum: expect.arrayContaining(['active', 'revoked']) },
        });
        const result = await call('api-keys.list', { status: [secret] });
        expect(result.isError).toBe(true);
        expect(result.text).not.toContain(secret);
      });

      it('is refused where the policy forbids to read keys', async () => {
        const { secret } = await portal.createKey('ada');
        const { call } = await connect(secret);
        portal.policy.current = ({ permission }) =>
          permission.name === 'api-keys.key.read'
            ? { result: AuthorizeResult.DENY }
            : undefined;
        const result = await call('api-keys.list');
        expect(result).toMatchObject({
          isError: true,
          text: expect.stringContaining('does not allow you api-keys.key.read'),
        });
      });
    });

    describe('that asks who it is', () => {
      it('receives its owner and its key', async () => {
        const { key, secret } = await portal.createKey('ada', {
          name: 'agent',
        });
        const { call } = await connect(secret);
        const { output } = await call('api-keys.whoami');
        expect(output).toMatchObject({
          userEntityRef: 'user:default/ada',
          ownershipEntityRefs: expect.arrayContaining([TEAM]),
          key: {
            id: key.id,
            name: 'agent',
            status: 'active',
            expiresAt: key.expiresAt,
            accessRestrictions: null,
          },
        });
      });

      it('with the key of a group receives the group', async () => {
        const { key, secret } = await portal.createKey('ada', { owner: TEAM });
        const { call } = await connect(secret);
        const { output } = await call('api-keys.whoami');
        expect(output).toMatchObject({
          userEntityRef: TEAM,
          ownershipEntityRefs: [TEAM],
          key: { id: key.id, owner: TEAM, subject: TEAM },
        });
      });

      it('without a key receives null as its key', async () => {
        const { call } = await connect(await portal.signIn('linus'));
        const { output } = await call('api-keys.whoami');
        expect(output).toMatchObject({
          userEntityRef: 'user:default/linus',
          key: null,
        });
      });
    });

    describe('that revokes', () => {
      it('ends its own key, which is refused from then on', async () => {
        const { key, secret } = await portal.createKey('ada');
        const { client, call } = await connect(secret);
        const { output } = await call('api-keys.revoke', { id: key.id });
        expect(output).toEqual({
          id: key.id,
          name: 'ci',
          owner: 'user:default/ada',
          wasRevokedBefore: false,
          alsoRevoked: [],
        });
        expect(await statusOf(secret)).toBe(401);
        await expect(client.listTools()).rejects.toThrow('revoked');
      });

      it.each(['ada', 'linus'])(
        'cannot end another key with its own, be it of %s',
        async owner => {
          const { key, secret } = await portal.createKey('ada');
          const other = await portal.createKey(owner);
          const { call } = await connect(secret);
          const result = await call('api-keys.revoke', { id: other.key.id });
          expect(result).toMatchObject({
            isError: true,
            text: expect.stringContaining(
              `An API key can revoke only itself, and this call is made with the key ${key.id}`,
            ),
          });
          expect(await statusOf(other.secret)).toBe(200);
        },
      );

      it('ends the key of a group with that key', async () => {
        const { key, secret } = await portal.createKey('ada', { owner: TEAM });
        const sibling = await portal.createKey('ada', { owner: TEAM });
        const { call } = await connect(secret);
        const refused = await call('api-keys.revoke', { id: sibling.key.id });
        expect(refused.isError).toBe(true);
        await call('api-keys.revoke', { id: key.id });
        expect(await statusOf(secret)).toBe(401);
        expect(await statusOf(sibling.secret)).toBe(200);
      });

      it('for a user who has signed in ends any of the user’s keys, again and again', async () => {
        const { key, secret } = await portal.createKey('ada');
        const team = await portal.createKey('grace', { owner: TEAM });
        const token = await portal.signIn('ada');
        const { call } = await connect(token);
        await call('api-keys.revoke', { id: key.id });
        const { output } = await call('api-keys.revoke', {
          id: key.id.toUpperCase(),
        });
        expect(output.wasRevokedBefore).toBe(true);
        await call('api-keys.revoke', { id: team.key.id });
        expect(await statusOf(secret)).toBe(401);
        expect(await statusOf(team.secret)).toBe(401);
        const { body } = await portal.call(
          'get',
          `/api/api-keys/v1/keys/${key.id}`,
          token,
        );
        expect(body).toMatchObject({
          status: 'revoked',
          revokedBy: 'user:default/ada',
          revokedReason: 'owner',
        });
      });

      it('for a user who has signed in finds no key of another owner', async () => {
        const { key, secret } = await portal.createKey('linus');
        const { call } = await connect(await portal.signIn('ada'));
        const result = await call('api-keys.revoke', { id: key.id });
        expect(result).toMatchObject({
          isError: true,
          text: `NotFoundError: There is no API key with the id ${key.id}`,
        });
        expect(await statusOf(secret)).toBe(200);
      });

      it('is refused where the policy forbids to revoke keys', async () => {
        const { key, secret } = await portal.createKey('ada');
        portal.policy.current = ({ permission }) =>
          permission.name === 'api-keys.key.revoke'
            ? { result: AuthorizeResult.DENY }
            : undefined;
        for (const bearer of [secret, await portal.signIn('ada')]) {
          const { call } = await connect(bearer);
          const result = await call('api-keys.revoke', { id: key.id });
          expect(result).toMatchObject({
            isError: true,
            text: expect.stringContaining(
              'does not allow you api-keys.key.revoke',
            ),
          });
        }
        expect(await statusOf(secret)).toBe(200);
      });

      it('receives an error for anything but an id', async () => {
        const { key, secret } = await portal.createKey('ada');
        const { call } = await connect(secret);
        for (const id of [key.name, secret]) {
          const result = await call('api-keys.revoke', { id });
          expect(result.isError).toBe(true);
          expect(result.text).toContain('InputError');
        }
      });
    });

    it('without valid credentials is rejected', async () => {
      await expect(connect(`${'bsk_'}${'x'.repeat(49)}`)).rejects.toThrow(
        'mistyped',
      );
    });

    it('never receives a secret', async () => {
      expect(answers.length).toBeGreaterThan(20);
      expect(answers.filter(answer => SECRET.test(answer))).toEqual([]);
      expect(answers.filter(answer => /digest/i.test(answer))).toEqual([]);
    });
  },
);
