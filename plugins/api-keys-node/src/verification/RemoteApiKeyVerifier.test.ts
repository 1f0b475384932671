import { mockServices } from '@backstage/backend-test-utils';
import { PluginClient } from '../backstage/PluginClient';
import { ApiKeyVerificationUnavailableError } from './errors';
import { generateSecret } from '../secret';
import {
  RemoteAnswer,
  RemoteApiKeyVerifier,
  RemoteVerification,
} from './RemoteApiKeyVerifier';
import { VerifiedApiKey } from './types';

const KEY: VerifiedApiKey = {
  id: 'a',
  owner: 'user:default/ada',
  subject: 'user:default/ada',
  endsPredecessor: false,
  issuedAt: 0,
};
const ACCEPTED: RemoteAnswer = {
  outcome: { accepted: true, key: KEY },
  keepFor: 800,
};
const REVOKED: RemoteAnswer = {
  outcome: { accepted: false, reason: 'The API key was revoked' },
  keepFor: 0,
};
const SECRET = generateSecret('bsk');
const ATTEMPT = { plugin: 'catalog' };

describe('a verifier that asks another process', () => {
  const post = jest.fn();
  const questions = (): RemoteVerification[] =>
    post.mock.calls.map(([, , { body }]) => JSON.parse(body));
  let verifier: RemoteApiKeyVerifier;

  beforeEach(() => {
    jest.useFakeTimers();
    post.mockReset().mockResolvedValue(ACCEPTED);
    verifier = new RemoteApiKeyVerifier({
      calls: { post } as Partial<PluginClient> as PluginClient,
      logger: mockServices.logger.mock(),
    });
  });

  afterEach(() => jest.useRealTimers());

  const verify = () => verifier.verify(SECRET, ATTEMPT);

  it('refuses a mistyped secret without a request', async () => {
    expect(await verifier.verify(`${SECRET}x`)).toMatchObject({
      accepted: false,
    });
    expect(post).not.toHaveBeenCalled();
  });

  it('caches an answer for `keepFor`, counted from the request', async () => {
    post.mockImplementation(async () => {
      jest.advanceTimersByTime(300);
      return ACCEPTED;
    });
    expect(await verify()).toEqual(ACCEPTED.outcome);
    jest.advanceTimersByTime(499);
    expect(await verify()).toEqual(ACCEPTED.outcome);
    expect(post).toHaveBeenCalledTimes(1);

    post.mockResolvedValue(REVOKED);
    jest.advanceTimersByTime(1);
    expect(await verify()).toEqual(REVOKED.outcome);
  });

  it('does not cache an answer that has expired on arrival', async () => {
    post.mockImplementation(async () => {
      jest.advanceTimersByTime(801);
      return ACCEPTED;
    });
    await verify();
    await verify();
    expect(post).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['a refusal', { ...REVOKED, keepFor: 800 }],
    ['one that is not to be kept', { ...ACCEPTED, keepFor: 0 }],
  ])('keeps not %s', async (_, answer) => {
    post.mockResolvedValue(answer);
    await verify();
    await verify();
    expect(post).toHaveBeenCalledTimes(2);
  });

  it('caches answers by id in the same way', async () => {
    await verifier.verifyById('a');
    await verifier.verifyById('a');
    await verifier.verifyById('b');
    expect(questions()).toEqual([
      { method: 'verifyById', id: 'a' },
      { method: 'verifyById', id: 'b' },
    ]);
  });

  it('shares one request between concurrent calls', async () => {
    await Promise.all([verify(), verify(), verify()]);
    expect(post).toHaveBeenCalledTimes(1);
  });

  it('sends another request while an answer is slow, since the slow answer may be too old', async () => {
    let answer: (value: RemoteAnswer) => void = () => {};
    post.mockImplementationOnce(
      () =>
        new Promise(resolve => {
          answer = resolve;
        }),
    );
    const first = verify();
    jest.advanceTimersByTime(51);
    post.mockResolvedValue(REVOKED);
    expect(await verify()).toEqual(REVOKED.outcome);
    answer({ ...ACCEPTED, keepFor: 0 });
    expect(await first).toEqual(ACCEPTED.outcome);
  });

  it('is unavailable while the other process does not answer, and asks again', async () => {
    post.mockRejectedValueOnce(new Error('ECONNREFUSED'));
    await expect(verify()).rejects.toThrow(ApiKeyVerificationUnavailableError);
    expect(await verify()).toEqual(ACCEPTED.outcome);
  });

  it('sends uses once a second, summed up by key and plugin', async () => {
    const at = Date.now();
    const use = (plugin: string, more = {}) =>
      verifier.use(KEY, { plugin, ip: '10.0.0.7', ...more });
    await use('catalog', { userAgent: 'curl/8' });
    await use('catalog', { userAgent: 'x'.repeat(10_000) });
    await use('search');
    expect(post).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1000);
    expect(questions()).toEqual([
      {
        method: 'uses',
        uses: [
          {
            key: KEY,
            use: {
              plugin: 'catalog',
              ip: '10.0.0.7',
              userAgent: 'x'.repeat(255),
              count: 2,
              at,
            },
          },
          { key: KEY, use: { plugin: 'search', ip: '10.0.0.7', count: 1, at } },
        ],
      },
    ]);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(post).toHaveBeenCalledTimes(1);
  });

  it('keeps uses that could not be sent', async () => {
    post.mockRejectedValueOnce(new Error('ECONNREFUSED')).mockResolvedValue({});
    await verifier.use(KEY, { plugin: 'catalog', userAgent: 'first' });
    await jest.advanceTimersByTimeAsync(1000);
    await verifier.use(KEY, { plugin: 'catalog', userAgent: 'second' });
    await verifier.stop();
    expect(questions().at(-1)).toMatchObject({
      uses: [{ use: { count: 2, userAgent: 'second' } }],
    });
  });

  it('sends the time of uses, separately for each day, even after a failure', async () => {
    jest.setSystemTime(Date.UTC(2030, 0, 1) - 500);
    post
      .mockRejectedValueOnce(new Error('ECONNREFUSED'))
      .mockRejectedValueOnce(new Error('ECONNREFUSED'))
      .mockResolvedValue({});
    await verifier.use(KEY, { plugin: 'catalog' });
    await jest.advanceTimersByTimeAsync(600);
    await verifier.use(KEY, { plugin: 'catalog' });
    await jest.advanceTimersByTimeAsync(10_000);
    expect(questions().at(-1)).toMatchObject({
      uses: [
        { use: { count: 1, at: Date.UTC(2030, 0, 1) - 500 } },
        { use: { count: 1, at: Date.UTC(2030, 0, 1) + 100 } },
      ],
    });
  });

  it('sends many uses in several calls', async () => {
    for (let i = 0; i < 120; i++) {
      await verifier.use({ ...KEY, id: `key ${i}` }, { plugin: 'catalog' });
    }
    await verifier.stop();
    expect(post).toHaveBeenCalledTimes(3);
  });

  it('waits for the first use of a successor, which ends its predecessor', async () => {
    const key = { ...KEY, endsPredecessor: true };
    expect(await verifier.use(key, ATTEMPT)).toEqual(ACCEPTED.outcome);
    expect(questions()).toEqual([{ method: 'use', key, use: ATTEMPT }]);
  });
});
