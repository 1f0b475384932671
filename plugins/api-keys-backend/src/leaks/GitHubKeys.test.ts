import { mockServices } from '@backstage/backend-test-utils';
import { FakeGitHub, startFakeGitHub } from '../__testUtils__/leakReports';
import { GitHubKeys } from './GitHubKeys';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('the public keys of GitHub', () => {
  let github: FakeGitHub;
  let keys: GitHubKeys;
  let now: number;
  const logger = mockServices.logger.mock();

  beforeEach(async () => {
    github = await startFakeGitHub();
    github.addKey('A');
    keys = new GitHubKeys({ url: github.keysUrl, token: 'hush', logger });
    now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    logger.warn.mockReset();
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await github.stop();
  });

  const isDown = (status: number) => {
    github.answer = res => res.writeHead(status).end();
  };

  it('are fetched once, with the token, for all concurrent callers', async () => {
    const found = await Promise.all(['A', 'A', 'B'].map(id => keys.find(id)));
    expect(found.map(Boolean)).toEqual([true, true, false]);
    now += HOUR - 1;
    expect(await keys.find('A')).toBeDefined();
    expect(github.asked).toEqual(['Bearer hush']);
  });

  it('are fetched for an unknown key, but at most once a minute, however many are requested', async () => {
    await keys.find('A');
    github.addKey('B');
    for (const id of ['B', 'C', 'D']) {
      expect(await keys.find(id)).toBeUndefined();
    }
    expect(github.asked).toHaveLength(1);
    now += MINUTE;
    expect(await keys.find('B')).toBeDefined();
    expect(await keys.find('C')).toBeUndefined();
    expect(github.asked).toHaveLength(2);
  });

  it('are rejected once GitHub has withdrawn them', async () => {
    await keys.find('A');
    github.removeKey('A');
    now += HOUR;
    expect(await keys.find('A')).toBeUndefined();
  });

  it.each([
    ['is down', () => isDown(500)],
    ['has been asked too often', () => isDown(429)],
    ['says something else', () => (github.answer = res => res.end('<html>'))],
    [
      'has no list',
      () => (github.answer = res => res.end('{"public_keys":7}')),
    ],
    [
      'has a key that is none',
      () =>
        (github.answer = res =>
          res.end('{"public_keys":[{"key_identifier":"A","key":"x"}]}')),
    ],
    ['hangs up', () => (github.answer = res => res.destroy())],
  ])('are unknown, not invalid, while GitHub %s', async (_, breakIt) => {
    const { answer } = github;
    breakIt();
    for (let i = 0; i < 3; i++) {
      await expect(keys.find('A')).rejects.toThrow('cannot be checked');
    }
    expect(github.asked).toHaveLength(1);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(logger.warn.mock.calls)).not.toContain('hush');
    github.answer = answer;
    now += MINUTE;
    expect(await keys.find('A')).toBeDefined();
  });

  it('are cached for a day while GitHub is down', async () => {
    await keys.find('A');
    isDown(500);
    now += 24 * HOUR - 1;
    expect(await keys.find('A')).toBeDefined();
    await expect(keys.find('B')).rejects.toThrow('cannot be checked');
    now += MINUTE;
    await expect(keys.find('A')).rejects.toThrow('cannot be checked');
  });

  it('are fetched with a timeout', async () => {
    github.answer = () => {};
    await expect(keys.find('A')).rejects.toThrow('cannot be checked');
  });

  it('are of the type that GitHub signs with', async () => {
    github.addKey('B', { curve: 'secp256k1' });
    expect(await keys.find('A')).toBeDefined();
    expect(await keys.find('B')).toBeUndefined();
  });
});
