import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import {
  EchoUpstream,
  startEchoUpstream,
} from '../../__testUtils__/echoUpstream';
import { eventually } from '../../__testUtils__/eventually';
import { findInDatabases } from '../../__testUtils__/findInDatabases';
import { connectMcp } from '../../__testUtils__/mcp';
import { openWebSocket } from '../../__testUtils__/openWebSocket';
import { recordLogs } from '../../__testUtils__/recordLogs';
import {
  SharedDatabases,
  sharedDatabases,
} from '../../__testUtils__/sharedDatabases';
import { TestPortal } from '../../__testUtils__/startTestPortal';
import { stockConfig, stockFeatures } from '../../__testUtils__/stockFeatures';
import { startStockPortal } from '../../__testUtils__/stockPortal';
import { waitOutStaleness } from '../../__testUtils__/waitOutStaleness';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const SETTING = '/api/user-settings/buckets/story/keys/colour';
const BUS = '/api/events/bus/v1';

/** Request to a plugin that a user may send. */
type Story = {
  method: 'get' | 'post' | 'put';
  path: string;
  body?: object;
};

const STORIES: Story[] = [
  { method: 'get', path: '/api/devtools/info' },
  { method: 'get', path: '/api/kubernetes/clusters' },
  { method: 'get', path: '/api/notifications/status' },
  {
    method: 'post',
    path: '/api/notifications/notifications/update',
    body: { ids: [], read: true },
  },
  { method: 'get', path: '/api/proxy/upstream/x' },
  { method: 'get', path: '/api/search/query?term=somebody' },
  { method: 'put', path: SETTING, body: { value: 'blue' } },
];

const PLUGINS = [
  ...['catalog', 'devtools', 'events', 'kubernetes', 'mcp-actions'],
  ...['notifications', 'proxy', 'search', 'signals', 'user-settings'],
];

describe.each(databases.eachSupportedId())(
  'a stock plugin, %s',
  (databaseId: TestDatabaseId) => {
    let shared: SharedDatabases;
    let upstream: EchoUpstream;
    let first: TestPortal;
    let second: TestPortal;
    /** Secrets of a key for all of these plugins, and of one for none of them. */
    let secret: string;
    let foreign: string;
    const secrets: string[] = [];
    const { logger, lines } = recordLogs();

    const start = () =>
      startStockPortal({
        shared,
        logger,
        backend: { actions: { pluginSources: ['catalog'] } },
        features: stockFeatures,
        config: stockConfig(upstream.url),
      });

    const keyFor = async (plugins: string[]) => {
      const created = await first.createKey('ada', {
        accessRestrictions: plugins.map(plugin => ({ plugin })),
      });
      secrets.push(created.secret);
      return created;
    };

    beforeAll(async () => {
      upstream = await startEchoUpstream();
      shared = await sharedDatabases(databases, databaseId);
      first = await start();
      second = await start();
      ({ secret } = await keyFor(PLUGINS));
      ({ secret: foreign } = await keyFor(['probe']));
    });

    afterAll(async () => {
      await first.stop();
      await second.stop();
      await shared.remove();
      upstream.stop();
    });

    const revoke = async (keyId: string) =>
      first
        .call(
          'delete',
          `/api/api-keys/v1/keys/${keyId}`,
          await first.signIn('ada'),
        )
        .expect(204);

    const send = (
      portal: TestPortal,
      { method, path, body }: Story,
      credential: [header: string, value: string],
    ) =>
      portal
        .call(method, path)
        .set(...credential)
        .send(body);

    const bearer = (token: string): [string, string] => [
      'Authorization',
      `Bearer ${token}`,
    ];
    const places = (key: string): [string, string][] => [
      bearer(key),
      ['X-API-Key', key],
      ['Authorization', `Basic ${btoa(`x:${key}`)}`],
    ];

    it.each(STORIES)(
      'responds to a key for it as to a session, on each replica, and to a key for another plugin with 403: $method $path',
      async story => {
        const session = await first.signIn('ada');
        const { status } = await send(first, story, bearer(session));
        expect(status).toBe(200);
        for (const portal of [first, second]) {
          for (const place of places(secret)) {
            const answer = await send(portal, story, place);
            expect([place[0], answer.status]).toEqual([place[0], 200]);
          }
          const refused = await send(portal, story, bearer(foreign));
          expect(refused.status).toBe(403);
        }
      },
    );

    it('denies a revoked key on each replica, also on one that started later', async () => {
      const { key, secret: revoked } = await keyFor(PLUGINS);
      for (const portal of [first, second]) {
        await send(portal, STORIES[0], bearer(revoked)).expect(200);
      }
      await revoke(key.id);
      await waitOutStaleness();
      const third = await start();
      try {
        for (const portal of [first, second, third]) {
          const answers = await Promise.all(
            STORIES.map(story => send(portal, story, bearer(revoked))),
          );
          expect(answers.map(({ status }) => status)).toEqual(
            STORIES.map(() => 401),
          );
        }
      } finally {
        await third.stop();
      }
    });

    it('finds for a key what its subject may read', async () => {
      await eventually(async () => {
        const { body } = await first
          .call('get', '/api/search/query?term=somebody', secret)
          .expect(200);
        expect(body.results).toHaveLength(1);
      });
    });

    it('changes nothing for a denied key', async () => {
      const session = await first.signIn('ada');
      const change = (token: string, value: string) =>
        first.call('put', SETTING, token).send({ value });
      await change(secret, 'green').expect(200);
      await change(foreign, 'red').expect(403);
      const { body } = await second.call('get', SETTING, session).expect(200);
      expect(body.value).toBe('green');
    });

    it('accepts events and notifications from plugins, and not from a key', async () => {
      const POSTS = {
        [`${BUS}/events`]: { event: { topic: 'story', payload: {} } },
        '/api/notifications': {
          recipients: { type: 'broadcast' },
          payload: { title: 'story' },
        },
      };
      for (const [path, body] of Object.entries(POSTS)) {
        await first.call('post', path, secret).send(body).expect(403);
      }
      await first
        .call('put', `${BUS}/subscriptions/story`, secret)
        .send({ topics: ['story'] })
        .expect(403);
    });

    it('opens websockets for a key, unless it is for another plugin or revoked', async () => {
      const { key, secret: revoked } = await keyFor(['signals']);
      const open = (portal: TestPortal, token: string) =>
        openWebSocket(`${portal.url}/api/signals`, token);
      for (const portal of [first, second]) {
        await eventually(async () => {
          expect(await open(portal, revoked)).toBe(101);
        });
        expect(await open(portal, foreign)).toBe(403);
      }
      await revoke(key.id);
      await waitOutStaleness();
      for (const portal of [first, second]) {
        expect(await open(portal, revoked)).toBe(401);
      }
    });

    it('calls tools for a key over MCP, with no more access than elsewhere', async () => {
      const { key, secret: agent } = await keyFor(['mcp-actions', 'catalog']);
      const { secret: mcpOnly } = await keyFor(['mcp-actions']);
      const ada = { kind: 'user', name: 'ada' };
      const clients = await Promise.all(
        [first, second].map(portal => connectMcp(portal, agent)),
      );
      for (const { call } of clients) {
        const { output } = await call('catalog.get-catalog-entity', ada);
        expect(output).toMatchObject({ metadata: { name: 'ada' } });
      }
      for (const portal of [first, second]) {
        const { client, call } = await connectMcp(portal, mcpOnly);
        expect((await client.listTools()).tools).toEqual([]);
        const { isError } = await call('catalog.get-catalog-entity', ada);
        expect(isError).toBe(true);
        await expect(connectMcp(portal, foreign)).rejects.toThrow('403');
      }
      await revoke(key.id);
      await waitOutStaleness();
      for (const { call } of clients) {
        await expect(call('catalog.get-catalog-entity', ada)).rejects.toThrow(
          '401',
        );
      }
    });

    it('stores and logs no key, and sends it nowhere', async () => {
      // Sends the key in the query, like a careless client.
      await first.call('get', `/api/search/query?term=${secret}`);
      await first.call('get', `/api/devtools/info?token=${secret}`, secret);
      for (const one of secrets) {
        const { searched, found } = await findInDatabases(shared, one);
        for (const table of ['user_settings', 'notification']) {
          expect(searched.join()).toContain(table);
        }
        expect(found).toEqual([]);
        for (const text of [one, btoa(`x:${one}`)]) {
          expect(lines.filter(line => line.includes(text))).toEqual([]);
          expect(upstream.requests.join()).not.toContain(text);
        }
      }
    });
  },
);
