import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import signalsPlugin from '@backstage/plugin-signals-backend';
import { once } from 'node:events';
import WebSocket from 'ws';
import { eventually } from '../../__testUtils__/eventually';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../../__testUtils__/startTestPortal';

const TEAM = 'group:default/team-a';

describe('signals over Backstage’s own websocket', () => {
  let portal: TestPortal;
  const sockets: WebSocket[] = [];

  beforeAll(async () => {
    // Plugins of a real backend share one events service.
    const events = mockServices.events();
    const eventsFactory = createServiceFactory({
      service: eventsServiceRef,
      deps: {},
      factory: () => events,
    });
    portal = await startTestPortal({
      // A websocket needs a real server.
      port: await freePort(),
      features: [signalsPlugin, eventsFactory],
    });
  });

  afterAll(async () => {
    for (const socket of sockets) socket.terminate();
    await portal.stop();
  });

  /** Collects the signals that an open page of a user receives. */
  async function listen(user: string): Promise<unknown[]> {
    const heard: unknown[] = [];
    const token = await portal.signIn(user);
    await eventually(async () => {
      const url = portal.url.replace('http', 'ws');
      const socket = new WebSocket(`${url}/api/signals`, token);
      sockets.push(socket);
      socket.on('error', () => {});
      // The plugin starts to listen for upgrades with the first request.
      await once(socket, 'open', { signal: AbortSignal.timeout(500) });
      socket.on('message', data => heard.push(JSON.parse(String(data))));
      socket.send(JSON.stringify({ action: 'subscribe', channel: 'api-keys' }));
    });
    return heard;
  }

  it('reach only the members of a group', async () => {
    const [ada, linus] = [await listen('ada'), await listen('linus')];
    const message = {
      channel: 'api-keys',
      message: { action: 'keys-changed' },
    };
    await eventually(async () => {
      await portal.createKey('grace', { owner: TEAM });
      expect(ada).toContainEqual(message);
    });
    expect(linus).toEqual([]);
    await eventually(async () => {
      await portal.createKey('linus');
      expect(linus).toContainEqual(message);
    });
  });
});
