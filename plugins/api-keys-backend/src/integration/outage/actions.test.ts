import knexFactory, { Knex } from 'knex';
import { TestDatabases } from '@backstage/backend-test-utils';
import { connectMcp, mcpFeatures } from '../../__testUtils__/mcp';
import { DatabaseProxy } from '../../__testUtils__/DatabaseProxy';
import {
  startTestPortal,
  TestPortal,
} from '../../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const ACTIONS = '/api/api-keys/.backstage/actions/v1/actions';

describe.each(databases.eachSupportedId())('an action on %s', databaseId => {
  let proxy: DatabaseProxy;
  let knex: Knex;
  let portal: TestPortal;

  beforeAll(async () => {
    const { config } = (await databases.init(databaseId)).client;
    proxy = await DatabaseProxy.start(config.connection);
    const { host, port } = proxy;
    knex = knexFactory({
      ...config,
      connection: { ...config.connection, host, port },
      log: { warn() {}, error() {}, debug() {}, deprecate() {} },
    });
    portal = await startTestPortal({
      knex,
      apiKeys: { verification: { maxStaleness: '1 minute' } },
      backend: { actions: { pluginSources: ['api-keys'] } },
      features: mcpFeatures,
    });
  });

  afterEach(() => proxy.set('open'));

  afterAll(async () => {
    await portal.stop();
    await knex.destroy();
    await proxy.stop();
  });

  /** Calls an action with a key that is in use, over MCP and over HTTP. */
  async function callAway(
    action: string,
    state: 'refused' | 'cut-before-commit',
  ) {
    const { key, secret } = await portal.createKey('ada');
    const { call, client } = await connectMcp(portal, secret);
    await call('api-keys.whoami');
    const invoke = () =>
      portal
        .call('post', `${ACTIONS}/api-keys:${action}/invoke`, secret)
        .send(action === 'revoke' ? { id: key.id } : {});
    proxy.set(state);
    const { text, isError } = await call(
      `api-keys.${action}`,
      action === 'revoke' ? { id: key.id } : {},
    );
    const { status, headers, body } = await invoke();
    await client.close();
    return { mcp: { text, isError }, status, headers, error: body.error };
  }

  it.each(['list', 'whoami', 'revoke'])(
    '%s reports over MCP and HTTP that the database is down, without details',
    async action => {
      const answer = await callAway(action, 'refused');
      expect(answer.mcp.isError).toBe(true);
      expect(answer.mcp.text).toContain('ServiceUnavailableError');
      expect(answer.mcp.text).not.toMatch(/ECONN|select /);
      expect(answer.status).toBe(503);
      expect(answer.headers['retry-after']).toBe('5');
    },
  );

  it('revoke reports that the key may have ended if the response to COMMIT is lost', async () => {
    const { status, error, headers } = await callAway(
      'revoke',
      'cut-before-commit',
    );
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('5');
    expect(error.change).toBe('unknown');
  });
});
