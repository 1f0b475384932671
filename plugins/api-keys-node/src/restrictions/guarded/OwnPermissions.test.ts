import { once } from 'node:events';
import { createServer, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { OwnPermissions } from './OwnPermissions';

describe('whether a plugin has permissions of its own', () => {
  let server: Server;
  let asked: string[];
  let answer: (res: ServerResponse) => void;

  beforeAll(async () => {
    server = createServer((req, res) => {
      asked.push(req.url!);
      answer(res);
    }).listen(0);
    await once(server, 'listening');
  });

  beforeEach(() => {
    asked = [];
  });

  afterEach(() => jest.restoreAllMocks());

  afterAll(() => server.close());

  const json = (body: unknown) => (res: ServerResponse) =>
    void res.end(JSON.stringify(body));
  const fail = (status: number) => (res: ServerResponse) =>
    void res.writeHead(status).end();

  function permissions() {
    const { port } = server.address() as AddressInfo;
    return new OwnPermissions({
      pluginId: 'todo',
      auth: mockServices.auth({ pluginId: 'todo' }),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async id => `http://localhost:${port}/api/${id}`,
      }),
    });
  }

  it.each([
    ['some', json({ permissions: [{ name: 'todo.read' }] }), true],
    ['an empty list', json({ permissions: [] }), false],
    ['no list', json({}), false],
    ['nothing, since it does not know the question', fail(404), false],
  ])('is what it says: %s', async (_, says, expected) => {
    answer = says;
    expect(await permissions().exist()).toBe(expected);
    expect(asked).toEqual([
      '/api/todo/.well-known/backstage/permissions/metadata',
    ]);
  });

  it.each([
    ['fails', fail(500)],
    ['denies the request', fail(403)],
    ['is away', (res: ServerResponse) => void res.destroy()],
    ['answers nonsense', (res: ServerResponse) => void res.end('<html>')],
  ])('is not guessed while it %s, and asked again', async (_, misbehave) => {
    const own = permissions();
    answer = misbehave;
    await expect(own.exist()).rejects.toThrow('cannot be told right now');
    answer = json({ permissions: [{ name: 'todo.read' }] });
    expect(await own.exist()).toBe(true);
  });

  it('is asked once by many, and never again once there are some', async () => {
    answer = json({ permissions: [{ name: 'todo.read' }] });
    const own = permissions();
    await Promise.all(Array.from({ length: 5 }, () => own.exist()));
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 24 * 60 * 60_000);
    expect(await own.exist()).toBe(true);
    expect(asked).toHaveLength(1);
  });

  it('is asked again after a while where there were none', async () => {
    answer = json({ permissions: [] });
    const own = permissions();
    expect(await own.exist()).toBe(false);
    expect(await own.exist()).toBe(false);
    expect(asked).toHaveLength(1);
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 6 * 60_000);
    answer = json({ permissions: [{ name: 'todo.read' }] });
    expect(await own.exist()).toBe(true);
  });
});
