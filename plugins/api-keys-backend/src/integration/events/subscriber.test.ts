import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import eventsPlugin from '@backstage/plugin-events-backend';
import {
  eventsServiceFactory,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import { ApiKeyEvent } from 'backstage-plugin-api-keys-common';
import {
  API_KEYS_EVENTS_TOPIC,
  ApiKeyEventPayload,
} from 'backstage-plugin-api-keys-node';
import { Knex } from 'knex';
import { eventually } from '../../__testUtils__/eventually';
import { leakWatchPlugin } from '../../__testUtils__/leakWatch';
import {
  startTestPortal,
  TestPortal,
} from '../../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const API = '/api/api-keys/v1';
const PACKAGE = resolvePackagePath('backstage-plugin-api-keys-backend');

describe.each(databases.eachSupportedId())('subscribers on %s', databaseId => {
  let knex: Knex;
  let portal: TestPortal;
  let heard: ApiKeyEventPayload[];
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);

  const subscriber = createBackendPlugin({
    pluginId: 'subscriber',
    register(reg) {
      reg.registerInit({
        deps: { events: eventsServiceRef },
        async init({ events }) {
          await events.subscribe({
            id: 'test',
            topics: [API_KEYS_EVENTS_TOPIC],
            onEvent: async ({ eventPayload }) => {
              heard.push(eventPayload as ApiKeyEventPayload);
            },
          });
        },
      });
    },
  });

  beforeAll(async () => {
    heard = [];
    knex = await databases.init(databaseId);
    portal = await startTestPortal({
      knex,
      // The stop waits for pending requests of subscribers.
      config: { events: { notifyTimeoutMs: 200 } },
      features: [
        eventsServiceFactory,
        eventsPlugin,
        subscriber,
        leakWatchPlugin,
        createServiceFactory({
          service: coreServices.logger,
          deps: {},
          factory: () => logger,
        }),
      ],
    });
  });

  afterAll(() => portal.stop());

  it('receive each change once, as the trail holds it, and no secret', async () => {
    const ada = await portal.signIn('ada');
    const grace = await portal.signIn('grace');
    const { key, secret } = await portal.createKey('ada');
    const path = `${API}/keys/${key.id}`;
    await portal.call('patch', path, ada).send({ name: 'x' }).expect(200);
    await portal.call('patch', path, ada).send({ name: ' ' }).expect(400);
    const { body: successor } = await portal
      .call('post', `${path}/rotate`, ada)
      .expect(201);
    await portal.call('get', '/api/probe/whoami', successor.secret).expect(200);
    await portal.call('get', '/api/probe/whoami', secret).expect(401);
    await portal
      .call('post', `${API}/revoke`)
      .send({ token: successor.secret })
      .expect(200);

    const trail = async (): Promise<ApiKeyEvent[]> => {
      const { body } = await portal
        .call('get', `${API}/admin/events?limit=100`, grace)
        .expect(200);
      return body.items.reverse();
    };
    const told = (await trail()).map(({ actor, ...event }) => ({
      version: 1,
      ...event,
      ...(actor !== null && { actor }),
    }));
    expect(told.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'created',
        'updated',
        'rotated',
        'first-used',
        'revoked',
        'rotated-key-presented',
      ]),
    );
    await eventually(async () =>
      expect([...heard].sort((a, b) => Number(a.id) - Number(b.id))).toEqual(
        told,
      ),
    );

    const digests = await knex('api_keys').pluck('secret_digest');
    expect(digests).toHaveLength(2);
    const text = JSON.stringify(heard);
    for (const hidden of [secret, successor.secret, ...digests]) {
      expect(text).not.toContain(hidden);
      expect(text).not.toContain(hidden.slice(4, 30));
    }
  });

  it('can be written as the docs say', async () => {
    const page = readFileSync(join(PACKAGE, '../../docs/events.md'), 'utf8');
    const example = readFileSync(
      join(PACKAGE, 'src/__testUtils__/leakWatch.ts'),
      'utf8',
    );
    expect(page).toContain(`\`\`\`ts\n${example}\`\`\``);
    const { key, secret } = await portal.createKey('linus');
    await portal
      .call('post', `${API}/revoke`)
      .send({ token: secret })
      .expect(200);
    await eventually(async () =>
      expect(logger.error).toHaveBeenCalledWith(
        `API key ${key.id} of user:default/linus has leaked`,
      ),
    );
  });
});
