import { once } from 'node:events';
import {
  createServer,
  IncomingHttpHeaders,
  IncomingMessage,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';

/** A request that the portal received. */
export type Asked = {
  method?: string;
  path?: string;
  headers: IncomingHttpHeaders;
  form: Record<string, string>;
};

type Answer = (res: ServerResponse, asked: Asked) => void;

/** Introspection answer for an accepted key. */
export const ACTIVE = {
  active: true,
  sub: 'user:default/ada',
  username: 'user:default/ada',
  client_id: 'key-1',
  owner: 'user:default/ada',
  iat: 1_700_000_000,
  scope: 'orders:read orders:write',
  token_type: 'Bearer',
};

/** Answers every request with the same JSON. */
export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  res =>
    res
      .writeHead(status, { 'Content-Type': 'application/json', ...headers })
      .end(JSON.stringify(body));

/** Starts an HTTP server that stands in for a portal. It accepts every key until `answer` is replaced. */
export async function startPortal() {
  const asked: Asked[] = [];
  const behaviour = { answer: json(ACTIVE) };
  const server = createServer(async (req, res) => {
    const question = await read(req);
    asked.push(question);
    behaviour.answer(res, question);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return Object.assign(behaviour, {
    asked,
    url: `http://127.0.0.1:${port}/api/api-keys/v1/introspect`,
    stop: async () => {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

async function read(req: IncomingMessage): Promise<Asked> {
  const body = Buffer.concat(await req.toArray()).toString();
  return {
    method: req.method,
    path: req.url,
    headers: req.headers,
    form: Object.fromEntries(new URLSearchParams(body)),
  };
}
