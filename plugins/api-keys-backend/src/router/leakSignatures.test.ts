import { gzipSync } from 'node:zlib';
import { mockServices } from '@backstage/backend-test-utils';
import request from 'supertest';
import { eventually } from '../__testUtils__/eventually';
import {
  FakeGitHub,
  SHARED_SECRET,
  Signature,
  signedByScanner,
  startFakeGitHub,
} from '../__testUtils__/leakReports';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

const LEAKS = '/api/api-keys/v1/leaks';
const SECRETS = { generic: { secrets: [SHARED_SECRET] } };
const BODY = '[{"token":"x"}]';
const TOO_LARGE = JSON.stringify([{ token: 'x'.repeat(1024 * 1024) }]);

let github: FakeGitHub;
let portal: TestPortal;
let secret: string;
/** Sign with a key that GitHub publishes, with another one, and with a key that GitHub does not publish. */
let known: (body: string) => Signature;
let otherKnown: (body: string) => Signature;
let unknown: (body: string) => Signature;
const log: string[] = [];

const send = (body: string, signature: Signature = {}, to = portal) =>
  to
    .call('post', LEAKS)
    .set({ 'Content-Type': 'application/json', ...signature })
    .send(body);

const isAlive = async (of = portal) =>
  (await of.call('get', '/api/probe/whoami', secret)).status === 200;

const reportOf = (token: string) => JSON.stringify([{ token }]);

const startWith = (leaks: object) =>
  startTestPortal({ apiKeys: { leaks: leaks as {} } });

beforeAll(async () => {
  github = await startFakeGitHub();
  known = github.addKey('A');
  otherKnown = github.addKey('B');
  unknown = github.addKey('C', { published: false });
  const logger = mockServices.rootLogger.mock({ child: () => logger });
  for (const level of ['info', 'warn', 'error', 'debug'] as const) {
    logger[level].mockImplementation((...line) => {
      log.push(JSON.stringify(line));
    });
  }
  portal = await startTestPortal({
    apiKeys: {
      leaks: { github: { enabled: true, keysUrl: github.keysUrl }, ...SECRETS },
    },
    logger: logger.factory,
    port: await freePort(),
  });
  ({ secret } = await portal.createKey('ada'));
});

afterAll(async () => {
  await portal.stop();
  await github.stop();
});

describe('a leak report', () => {
  it.each<[string, (body: string) => Signature]>([
    ['not at all', () => ({})],
    ['with a log-in instead', () => ({ Authorization: `Bearer ${secret}` })],
    ['with a key that GitHub does not have', body => unknown(body)],
    [
      'with another key of GitHub’s than it says',
      body => ({ ...otherKnown(body), ...onlyIdentifier(known(body)) }),
    ],
    [
      'by a forger who knows what the key is called',
      body => ({ ...unknown(body), ...onlyIdentifier(known(body)) }),
    ],
    ['by GitHub, for another body', body => known(`${body} `)],
    [
      'by GitHub, with no key named',
      body => without(known(body), 'Identifier'),
    ],
    [
      'by GitHub, with a key named and nothing else',
      body => without(known(body), 'Signature'),
    ],
    [
      'with garbage',
      body => ({ ...known(body), 'Github-Public-Key-Signature': 'garbage' }),
    ],
    [
      'by GitHub, cut off',
      body => mapped(known(body), text => text.slice(0, 40)),
    ],
    ['with another secret', body => signedByScanner(body, 'x'.repeat(40))],
    ['by a scanner, for another body', body => signedByScanner(`${body} `)],
    [
      'by a scanner, with another digest',
      body => mapped(signedByScanner(body), toSha1),
    ],
    [
      'by a scanner, cut off',
      body => mapped(signedByScanner(body), text => text.slice(0, -2)),
    ],
    [
      'by a scanner, with more',
      body => mapped(signedByScanner(body), text => `${text}00`),
    ],
    ['with nothing', () => ({ 'X-Hub-Signature-256': 'sha256=' })],
  ])('that is signed %s is refused, and all are alike', async (_, sign) => {
    const body = reportOf(secret);
    const answer = await send(body, sign(body));
    expect(answer.status).toBe(401);
    expect(answer.body.error).toEqual({
      name: 'AuthenticationError',
      message: 'The request is not signed by a sender that this portal knows',
    });
    expect(await isAlive()).toBe(true);
  });

  it.each<[string, string, Signature]>([
    ['is not JSON', '[{', signedByScanner('another body')],
    ['is of the wrong shape', '7', {}],
  ])(
    'that %s is refused for its signature alone',
    async (_, body, signature) => {
      await send(body, signature).expect(401);
    },
  );

  it('that is signed in two ways is refused', async () => {
    const body = reportOf(secret);
    const both = { ...known(body), ...signedByScanner(body) };
    const answer = await send(body, both);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain('must be signed once');
    expect(await isAlive()).toBe(true);
  });

  it.each<[string, string]>([
    ['', 'The body is not valid JSON'],
    ['[{"token":', 'The body is not valid JSON'],
    ['{"token":"x"}', 'the request: must be a list'],
    ['"x"', 'the request: must be a list'],
    ['[7]', '[0]: must be an object'],
    ['[{"token":"x"},{}]', '[1].token: is missing'],
    ['[{"token":7}]', '[0].token: must be a string'],
    ['[{"token":"x","url":7}]', '[0].url: must be a string or null'],
    ['[{"token":"x","type":{}}]', '[0].type: must be a string or null'],
    ['[{"token":"x","source":[]}]', '[0].source: must be a string or null'],
  ])(
    'with a good signature is refused for what is wrong with %s',
    async (body, message) => {
      const answer = await send(body, signedByScanner(body));
      expect(answer.body.error.message).toBe(message);
      expect(answer.status).toBe(400);
    },
  );

  it('with a good signature is refused for too many entries', async () => {
    const body = JSON.stringify(Array(501).fill({ token: 'x' }));
    const answer = await send(body, signedByScanner(body));
    expect(answer.body.error.message).toBe(
      'the request: must have at most 500 items',
    );
    expect(answer.status).toBe(400);
  });

  it('that says that it is something else is refused', async () => {
    const type = { 'Content-Type': 'text/plain' };
    const answer = await send(BODY, { ...signedByScanner(BODY), ...type });
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain('Content-Type');
  });

  it('that is compressed is refused: that is not what is signed', async () => {
    const answer = await portal
      .call('post', LEAKS)
      .set({ 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' })
      .set(signedByScanner(BODY))
      .send(gzipSync(BODY));
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain('cannot be read');
  });

  it('that is too large is refused, even with a valid signature', async () => {
    await send(TOO_LARGE, signedByScanner(TOO_LARGE)).expect(413);
  });

  it('must be sent with POST', async () => {
    await request(portal.url).get(LEAKS).expect(405);
  });

  it('leaves no secret in the log, whatever its outcome', async () => {
    const body = reportOf(secret);
    log.length = 0;
    await send(`${body}x`, signedByScanner(`${body}x`)).expect(400);
    await send(body, {}).expect(401);
    await send(body, known(body)).expect(200);
    expect(await isAlive()).toBe(false);
    await eventually(async () => {
      expect(log.filter(line => line.includes(LEAKS)).length).toBe(3);
    });
    expect(log.filter(line => line.includes(secret))).toEqual([]);
  });
});

describe('a portal', () => {
  it.each<[string, object]>([
    ['is not told who may tell', {}],
    ['has only said what to do', { action: 'report' }],
    ['has GitHub switched off', { github: { enabled: false } }],
  ])('that %s takes no leak reports', async (_, leaks) => {
    const off = await startWith(leaks);
    await send(BODY, signedByScanner(BODY), off).expect(404);
    await send(TOO_LARGE, {}, off).expect(404);
    await off.stop();
  });

  it.each<[string, object, () => Signature]>([
    ['GitHub', SECRETS, () => known(BODY)],
    [
      'scanners of the company',
      { github: { enabled: true } },
      () => signedByScanner(BODY),
    ],
  ])(
    'that does not know %s takes no report of theirs',
    async (_, leaks, sign) => {
      const one = await startWith(leaks);
      await send(BODY, sign(), one).expect(401);
      await one.stop();
    },
  );

  it.each<[string, () => void]>([
    ['is down', () => (github.answer = res => res.destroy())],
    ['does not answer', () => (github.answer = () => {})],
  ])(
    'asks GitHub to come again while it %s, and scanners not',
    async (_, breakIt) => {
      const { answer } = github;
      breakIt();
      const one = await startWith({
        github: { enabled: true, keysUrl: github.keysUrl },
        ...SECRETS,
      });
      const { status, headers } = await send(BODY, known(BODY), one);
      expect(status).toBe(503);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      await send(BODY, signedByScanner(BODY), one).expect(200);
      await one.stop();
      github.answer = answer;
    },
    30_000,
  );

  it('takes 60 reports a minute from one address, signed or not', async () => {
    const one = await startWith(SECRETS);
    for (let i = 0; i < 60; i++) await send(BODY, {}, one).expect(401);
    const answer = await send(BODY, signedByScanner(BODY), one);
    expect(answer.status).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    await one.stop();
  });
});

function onlyIdentifier(signature: Signature): Signature {
  return without(signature, 'Signature');
}

function toSha1(text: string): string {
  return text.replace('sha256', 'sha1');
}

/** Removes the header that ends so. */
function without(signature: Signature, end: string): Signature {
  return Object.fromEntries(
    Object.entries(signature).filter(([name]) => !name.endsWith(end)),
  );
}

function mapped(
  signature: Signature,
  change: (text: string) => string,
): Signature {
  return Object.fromEntries(
    Object.entries(signature).map(([name, text]) => [
      name,
      name.endsWith('Identifier') ? text : change(text),
    ]),
  );
}
