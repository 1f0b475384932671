import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { AddressInfo } from 'node:net';
import { Duplex } from 'node:stream';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { send } from './askAsGateway';
import { readDocument, snippetsOf } from './docs';
import { eventually } from './eventually';
import { freePort } from './startTestPortal';

export type GatewayKind = 'nginx' | 'caddy';

/** Real gateway, set up as docs/gateways.md describes. */
export type Gateway = { url: string; stop(): Promise<void> };

/** Addresses of the parts that docs/gateways.md connects. */
export type Recipe = {
  portalUrl: string;
  serviceUrl: string;
  demand?: string;
  withPreflights?: boolean;
};

/**
 * Starts a gateway with its configuration from docs/gateways.md.
 *
 * @param options - addresses of the parts; `demand` replaces the scope that the document requires, `withPreflights`
 *   adds the snippet for calls from browsers
 */
export async function startGateway(
  kind: GatewayKind,
  options: Recipe,
): Promise<Gateway> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), `api-keys-${kind}-`));
  const snippet = documented(kind, { ...options, port });
  const file = join(folder, 'config');
  await writeFile(
    file,
    kind === 'nginx' ? nginxConfig(snippet, folder) : caddyConfig(snippet),
  );
  const args =
    kind === 'nginx'
      ? ['-p', folder, '-c', file, '-e', join(folder, 'error.log')]
      : ['run', '--config', file, '--adapter', 'caddyfile'];
  const child = spawn(kind, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_CONFIG_HOME: folder,
    },
  });
  const said: string[] = [];
  for (const out of [child.stdout, child.stderr]) {
    out.on('data', data => said.push(String(data)));
  }
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await end(child);
    await rm(folder, { recursive: true });
  };
  try {
    await eventually(async () => {
      if (child.exitCode !== null) return;
      await send(url, { path: '/' });
    });
    if (child.exitCode !== null) throw new Error(said.join(''));
  } catch (error) {
    await stop();
    throw new Error(`${kind} did not start: ${error}\n${said.join('')}`);
  }
  return { url, stop };
}

/** Returns the snippet of the document with the addresses of the test. Throws if one to replace is missing. */
function documented(
  kind: GatewayKind,
  options: Recipe & { port: number },
): string {
  const { portalUrl, serviceUrl, port, demand } = options;
  const document = readDocument('docs/gateways.md');
  const [recipe, preflights] = snippetsOf(document, kind);
  let text = recipe;
  const replace = (what: string, by: string) => {
    if (!text.includes(what)) throw new Error(`No ${what} for ${kind}`);
    text = text.replaceAll(what, by);
  };
  if (options.withPreflights && kind === 'nginx') {
    replace('internal;\n', `internal;\n${preflights}`);
  }
  if (options.withPreflights && kind === 'caddy') {
    const [, line] = preflights.trimEnd().split('\n');
    replace(line.replace(/ @\w+/, ''), preflights.trimEnd());
  }
  replace('http://backstage.internal:7007', portalUrl);
  replace('http://orders.internal:8080', serviceUrl);
  if (demand !== undefined) replace('scopes/orders.read', demand);
  if (kind === 'nginx') {
    replace('listen 80;', `listen 127.0.0.1:${port};`);
  } else {
    replace('http://orders.example.com', `http://127.0.0.1:${port}`);
  }
  return text;
}

/** Wraps a server snippet into a complete configuration that touches nothing outside of the folder. */
function nginxConfig(snippet: string, folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    name => `${name}_temp_path ${folder}/${name};`,
  );
  return `
    daemon off;
    master_process off;
    pid ${folder}/pid;
    events {}
    http {
      access_log off;
      ${temporary.join('\n')}
      ${snippet}
    }`;
}

function caddyConfig(snippet: string): string {
  return `{\n\tadmin off\n\tauto_https off\n}\n${snippet}`;
}

async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

/** Service behind a gateway that records its requests; `/broken` fails. */
export type RecordingService = {
  url: string;
  received: {
    method: string;
    url: string;
    rawHeaders: string[];
    headers: http.IncomingHttpHeaders;
    bodyLength: number;
  }[];
  stop(): Promise<void>;
};

export async function startService(): Promise<RecordingService> {
  const received: RecordingService['received'] = [];
  const upgraded: Duplex[] = [];
  const server = http.createServer(async (req, res) => {
    let bodyLength = 0;
    for await (const chunk of req) bodyLength += chunk.length;
    const { method = '', url = '', rawHeaders, headers } = req;
    received.push({ method, url, rawHeaders, headers, bodyLength });
    res
      .writeHead(url === '/broken' ? 500 : 200, {
        'Content-Type': 'text/plain',
      })
      .end('from the service');
  });
  server.on('upgrade', (req, socket) => {
    const { method = '', url = '', rawHeaders, headers } = req;
    received.push({ method, url, rawHeaders, headers, bodyLength: 0 });
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    );
    // Echoes all data.
    socket.pipe(socket);
    upgraded.push(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    stop: async () => {
      server.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
