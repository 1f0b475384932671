import { readFileSync } from 'node:fs';
import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  createBackendFeatureLoader,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { ApiKeyEventPayload } from 'backstage-plugin-api-keys-node';
import { parse } from 'yaml';
import { apiKeyQueueModule } from '../__testUtils__/apiKeyQueue';
import { readDocument, snippetsOf } from '../__testUtils__/docs';
import { eventually } from '../__testUtils__/eventually';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const API = '/api/api-keys/v1';
const DOCUMENT = readDocument('docs/events.md');
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const QUEUE = 'https://queue.example.com/events';

describe('sinks as docs/events.md has them', () => {
  let portal: TestPortal;
  let server: Server;
  const posted: ApiKeyEventPayload[] = [];
  const queued: ApiKeyEventPayload[] = [];

  beforeAll(async () => {
    server = createServer(async (request: IncomingMessage, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      posted.push(JSON.parse(Buffer.concat(chunks).toString()));
      response.writeHead(204).end();
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { fetch } = globalThis;
    jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
      if (String(url) !== QUEUE) return fetch(url, init);
      queued.push(...JSON.parse(String(init?.body)));
      return new Response();
    });
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [yaml] = snippetsOf(DOCUMENT, 'yaml');
    const settings = yaml
      .replace('https://siem.example.com', `http://${host}`)
      .replace('siem.example.com', `'${host}'`)
      // eslint-disable-next-line no-template-curly-in-string
      .replace('${API_KEYS_WEBHOOK_SECRET}', SECRET);
    portal = await startTestPortal({
      apiKeys: parse(settings).apiKeys,
      features: [
        // Test backends derive the plugin from a module that they discover.
        createBackendFeatureLoader({ loader: () => [apiKeyQueueModule] }),
      ],
    });
  });

  afterAll(async () => {
    await portal?.stop();
    jest.restoreAllMocks();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  it('receive changes of each of their types', async () => {
    const { key, secret } = await portal.createKey('ada');
    await portal
      .call('post', `${API}/revoke`)
      .send({ token: secret })
      .expect(200);
    const typesOf = (events: ApiKeyEventPayload[]) =>
      events.filter(({ keyId }) => keyId === key.id).map(({ type }) => type);
    await eventually(async () => {
      expect(typesOf(queued)).toEqual(['created', 'revoked']);
      expect(typesOf(posted)).toEqual(['revoked']);
    });
    expect(JSON.stringify([queued, posted])).not.toContain(secret);
  });

  it('can be written as the docs say', () => {
    const path = 'src/__testUtils__/apiKeyQueue.ts';
    const example = readFileSync(
      join(resolvePackagePath('backstage-plugin-api-keys-backend'), path),
      'utf8',
    );
    expect(DOCUMENT).toContain(`\`\`\`ts\n${example}\`\`\``);
  });
});
