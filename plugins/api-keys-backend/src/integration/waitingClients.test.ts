import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const run = promisify(execFile);
const PATH = '/api/probe/whoami';

const URLLIB = `
import os, urllib.request
url, key = os.environ['URL'], os.environ['KEY']
passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
passwords.add_password(None, url, 'key', key)
handler = urllib.request.HTTPBasicAuthHandler(passwords)
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), handler)
print(opener.open(url).read().decode())
`;

/** Clients that send a user name and a password only on request. The first two read `.netrc` in their home. */
const CLIENTS: [string, (url: string) => string[]][] = [
  ['wget', url => ['wget', '--no-proxy', '-q', '-O', '-', url]],
  [
    'curl --anyauth',
    url => ['curl', '-sfn', '--noproxy', '*', '--anyauth', url],
  ],
  ['urllib of Python', () => ['python3', '-c', URLLIB]],
];

const isInstalled = (program: string) => {
  if (!spawnSync(program, ['--version']).error) return true;
  if (process.env.CI) throw new Error(`${program} is not installed`);
  // eslint-disable-next-line no-console
  console.warn(`SKIPPED: ${program} is not installed, so it was not tested`);
  return false;
};

describe('a client that waits to be asked for a password', () => {
  let portal: TestPortal;
  let secret: string;
  let home: string;

  beforeAll(async () => {
    portal = await startTestPortal({});
    ({ secret } = await portal.createKey('ada'));
    home = mkdtempSync(join(tmpdir(), 'api-keys-home-'));
    writeFileSync(
      join(home, '.netrc'),
      `machine localhost login key password ${secret}\n`,
      { mode: 0o600 },
    );
  });

  afterAll(async () => {
    rmSync(home, { recursive: true });
    await portal.stop();
  });

  it.each(CLIENTS)('gets access with a key: %s', async (_, command) => {
    const url = portal.url + PATH;
    const [program, ...args] = command(url);
    if (!isInstalled(program)) return;
    const { stdout } = await run(program, args, {
      env: { PATH: process.env.PATH, HOME: home, URL: url, KEY: secret },
    });
    expect(JSON.parse(stdout).principal.userEntityRef).toBe('user:default/ada');
  });

  const challengeTo = async (
    path: string,
    asked: TestPortal = portal,
    agent = 'Wget/1.24.5',
  ) => {
    const { headers } = await asked
      .call('get', path)
      .set('User-Agent', agent)
      .expect(401);
    return headers['www-authenticate'];
  };

  it('is prompted wherever keys are accepted, and nowhere else', async () => {
    for (const path of [PATH, '/api/api-keys/v1/keys']) {
      expect(await challengeTo(path)).toMatch(/^Bearer realm.*, Basic realm/);
    }
    // Keys are not accepted there.
    expect(
      await challengeTo('/api/auth/.backstage/auth/v1/cookie'),
    ).not.toContain('Basic');
  });

  it('is not prompted if it is a browser, which would ask its user', async () => {
    const agent = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0';
    expect(await challengeTo(PATH, portal, agent)).not.toContain('Basic');
  });

  it('is not prompted again after a wrong password', async () => {
    const { headers } = await portal
      .call('get', PATH)
      .set('User-Agent', 'Wget/1.24.5')
      .auth('key', `${secret}x`)
      .expect(401);
    expect(headers['www-authenticate']).not.toContain('Basic');
  });

  it('is not prompted where keys are not accepted as passwords', async () => {
    const other = await startTestPortal({
      apiKeys: { accept: { basic: false } },
    });
    expect(await challengeTo(PATH, other)).toBe('Bearer realm="backstage"');
    await other.stop();
  });
});
