import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, Server } from 'node:http';
import { AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockServices } from '@backstage/backend-test-utils';
import express, { Request, Response } from 'express';
import onHeaders from 'on-headers';
import { withholdAnswer } from '../../http-auth/withholdAnswer';

/** Long enough to be compressed, and easy to find in whatever is sent. */
const SECRET = 'classified'.repeat(400);

type Handler = (res: Response, req: Request, file: string) => unknown;

const HANDLERS: Record<string, Handler> = {
  'with json': res => res.json({ SECRET }),
  'with send': res => res.send(SECRET),
  'with end': res => res.end(SECRET),
  'with a callback at the end': res => res.end(SECRET, () => {}),
  'with a chunk after the other': res => {
    res.write(SECRET);
    res.write(Buffer.from(SECRET), 'utf8', () => {});
    res.end(SECRET);
  },
  'with a status, a message and headers': res => {
    res.writeHead(201, 'classified', { 'X-Found': 'classified' });
    res.end(SECRET);
  },
  'with headers alone': res =>
    res.set({ 'X-Found': 'classified', 'Set-Cookie': 'a=classified' }).end(),
  'with a status message': res => {
    res.statusMessage = 'classified';
    res.end();
  },
  'with a stream': res => Readable.from([SECRET, SECRET]).pipe(res),
  'with a pipeline': res => pipeline(Readable.from([SECRET]), res, () => {}),
  'with a file': (res, _, file) => res.sendFile(file),
  'with a download': (res, _, file) => res.download(file, 'classified'),
  'with a file as a stream': (res, _, file) => createReadStream(file).pipe(res),
  'with a redirect': res => res.redirect('/classified'),
  'with not modified': res => res.set('ETag', '"classified"').status(304).end(),
  'with no content': res => res.status(204).end(),
  'with an entity tag for what is sent': (res, req) => {
    req.headers['if-none-match'] = '*';
    res.send(SECRET);
  },
  'with events that never end': res => {
    res.writeHead(200, { 'Content-Type': 'text/event-stream' });
    res.flushHeaders();
    const timer = setInterval(() => res.write(`data: ${SECRET}\n\n`), 5);
    res.on('close', () => clearInterval(timer));
  },
  'with early hints': res => {
    res.writeEarlyHints({ link: '</classified>; rel=preload' });
    res.end(SECRET);
  },
  'with trailers': res => {
    res.setHeader('Trailer', 'X-Found');
    res.write(SECRET);
    res.addTrailers({ 'X-Found': 'classified' });
    res.end();
  },
  'with headers at the last moment': res => {
    onHeaders(res, function add() {
      this.statusCode = 200;
      this.setHeader('X-Found', 'classified');
    });
    res.end(SECRET);
  },
  'with an error': res => res.status(404).json({ SECRET }),
  twice: res => {
    res.json({ SECRET });
    res.end(SECRET);
  },
};

describe.each(['as it is', 'compressed'])('an answer, %s,', kind => {
  let server: Server;
  let folder: string;
  let handler: Handler;
  let replace: typeof answerInstead | (() => undefined);
  let isClosed: Promise<unknown>;

  const answerInstead = () => ({
    status: 403,
    body: { error: 'withheld' },
    setHeaders: (res: { setHeader(name: string, value: string): void }) =>
      res.setHeader('X-Why', 'withheld'),
  });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'withheld-'));
    const file = join(folder, 'classified.txt');
    await writeFile(file, SECRET);
    const app = express();
    const middleware = MiddlewareFactory.create({
      config: mockServices.rootConfig(),
      logger: mockServices.logger.mock(),
    });
    if (kind === 'compressed') app.use(middleware.compression());
    app.use((req, res) => {
      isClosed = once(res, 'close');
      res.setHeader('X-Before', 'kept');
      withholdAnswer(res, replace);
      handler(res, req, file);
    });
    server = createServer(app).listen(0);
    await once(server, 'listening');
  });

  afterAll(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  /** All that arrives, to the last byte. */
  async function raw(method: string): Promise<string> {
    const { port } = server.address() as AddressInfo;
    const socket = connect(port);
    socket.write(
      `${method} / HTTP/1.1\r\nHost: test\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n`,
    );
    return text(socket);
  }

  describe.each(Object.entries(HANDLERS))('%s', (_, handle) => {
    it.each(['GET', 'HEAD'])(
      'is replaced before its first byte: %s',
      async method => {
        handler = handle;
        replace = answerInstead;
        const all = await raw(method);
        expect(all).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
        expect(all).not.toMatch(/classified|x-found|set-cookie|etag/i);
        expect(all).toContain('X-Before: kept');
        expect(all).toContain('X-Why: withheld');
        expect(all).toMatch(/Cache-Control: no-store/i);
        const body = all.slice(all.indexOf('\r\n\r\n') + 4);
        expect(body).toBe(method === 'HEAD' ? '' : '{"error":"withheld"}');
        await isClosed;
      },
    );
  });

  const ONCE = Object.entries(HANDLERS).filter(
    ([name]) => !/never|twice/.test(name),
  );

  it.each(ONCE)('is sent as it is if it may be: %s', async (_, handle) => {
    handler = handle;
    replace = () => undefined;
    const all = await raw('GET');
    expect(all).not.toContain('withheld');
    expect(all).toMatch(/classified|gzip|204 No Content|304 Not Modified/);
  });

  it('is decided about once, by its status', async () => {
    const asked: number[] = [];
    handler = res => {
      res.status(206).write('a');
      res.end('b');
    };
    replace = ((status: number) => {
      asked.push(status);
    }) as () => undefined;
    await raw('GET');
    expect(asked).toEqual([206]);
  });
});
