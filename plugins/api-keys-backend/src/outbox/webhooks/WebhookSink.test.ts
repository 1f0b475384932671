import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { readWebhooks } from '../../config/readWebhooks';
import { ApiKeyEventPayload } from 'backstage-plugin-api-keys-node';
import { StoredKeyEvent } from '../../lifecycle/KeyEvent';
import { signWebhook } from './signWebhook';
import { WebhookSink } from './WebhookSink';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

const anEvent = (id: number, keyId = `key-${id}`): StoredKeyEvent => ({
  id,
  at: Date.UTC(2030, 0, 1),
  category: 'AUDIT',
  type: 'revoked',
  keyId,
  owner: 'user:default/ada',
  details: { reason: 'admin' },
});

type Received = { headers: IncomingMessage['headers']; body: string };

describe('WebhookSink', () => {
  let server: Server;
  let received: Received[];
  let answer: (body: ApiKeyEventPayload, response: ServerResponse) => void;
  let doneIds: number[];
  let sink: WebhookSink;

  beforeEach(async () => {
    received = [];
    doneIds = [];
    answer = (_, response) => response.end('thanks');
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString();
      received.push({ headers: request.headers, body });
      answer(JSON.parse(body), response);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    sink = sinkTo('/hook?token=t0ken');
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  function sinkTo(path: string) {
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [webhook] = readWebhooks(
      new ConfigReader({
        apiKeys: {
          webhooks: [
            {
              url: `http://${host}${path}`,
              secret: SECRET,
              allowedHosts: [host],
            },
          ],
        },
      }),
    );
    return new WebhookSink(webhook);
  }
  const deliver = (
    events: StoredKeyEvent[],
    signal = new AbortController().signal,
  ) =>
    sink.deliver(events, {
      signal,
      done: async some => {
        doneIds.push(...some.map(({ id }) => id));
      },
    });
  const receivedIds = () => received.map(({ body }) => JSON.parse(body).id);

  it('posts each event, signed, and saves it', async () => {
    await deliver([anEvent(1), anEvent(2)]);
    expect(doneIds).toEqual([1, 2]);
    const [{ headers, body }] = received;
    expect(JSON.parse(body)).toEqual({
      version: 1,
      id: '1',
      at: '2030-01-01T00:00:00.000Z',
      category: 'AUDIT',
      type: 'revoked',
      keyId: 'key-1',
      owner: 'user:default/ada',
      details: { reason: 'admin' },
    });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': 'api-key-event-1',
    });
    const now = Number(headers['webhook-timestamp']) * 1000;
    expect(Math.abs(Date.now() - now)).toBeLessThan(60_000);
    const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64');
    expect(headers).toMatchObject(
      signWebhook(key, { id: 'api-key-event-1', body, now }),
    );
  });

  it('has a name without the parts of the URL after the host', () => {
    expect(sink.name).toMatch(/^webhook:127\.0\.0\.1:\d+:[0-9a-f]{16}$/);
    expect(sinkTo('/other').name).not.toBe(sink.name);
  });

  it.each([301, 307, 400, 404, 410, 500, 503])(
    'counts the status %i as a failure, and follows no redirect',
    async status => {
      answer = (_, response) => {
        response.writeHead(status, { location: '/elsewhere' }).end();
      };
      await expect(deliver([anEvent(1)])).rejects.toThrow(`${status}`);
      expect(doneIds).toEqual([]);
      expect(received).toHaveLength(1);
    },
  );

  it('throws an error without the path of the URL and the response', async () => {
    answer = (_, response) => response.writeHead(500).end('bsk_secret');
    const error = await deliver([anEvent(1)]).catch(String);
    expect(error).toMatch(/^Error: 127\.0\.0\.1:\d+ answered 500$/);
  });

  it('continues with other keys, and keeps the order of the one that failed', async () => {
    answer = ({ id }, response) =>
      response.writeHead(id === '1' ? 400 : 204).end();
    const events = [anEvent(1, 'a'), anEvent(2, 'b'), anEvent(3, 'a')];
    await expect(deliver(events)).rejects.toThrow('400');
    expect(receivedIds()).toEqual(['1', '2']);
    expect(doneIds).toEqual([2]);
    answer = (_, response) => response.writeHead(204).end();
    await deliver([events[0], events[2]]);
    expect(doneIds).toEqual([2, 1, 3]);
  });

  it('stops when the receiver is down, and recovers', async () => {
    answer = (_, response) => response.destroy();
    const events = [1, 2, 3, 4, 5].map(id => anEvent(id));
    await expect(deliver(events)).rejects.toThrow();
    expect(receivedIds()).toEqual(['1', '2', '3']);
    answer = (_, response) => response.end();
    await deliver(events);
    expect(doneIds).toEqual([1, 2, 3, 4, 5]);
  });

  it('does not wait for a receiver that hangs longer than the signal allows', async () => {
    answer = () => {};
    await expect(
      deliver([anEvent(1)], AbortSignal.timeout(50)),
    ).rejects.toThrow();
    expect(doneIds).toEqual([]);
  });

  it('does not wait for a receiver that hangs longer than ten seconds', async () => {
    answer = () => {};
    const startedAt = performance.now();
    await expect(deliver([anEvent(1)])).rejects.toThrow();
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  }, 20_000);

  it('does not read an endless response', async () => {
    answer = (_, response) => {
      response.writeHead(200);
      response.write('x'.repeat(1000));
    };
    await deliver([anEvent(1)]);
    expect(doneIds).toEqual([1]);
  });
});
