import {
  AuthenticationError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import express from 'express';
import request from 'supertest';
import { setChallenge } from './challenge';

const answerTo = (error: unknown, carriedCredentials: boolean) =>
  request(
    express().get('/', (req, res) => {
      setChallenge(req, res, error, { carriedCredentials, offersBasic: true });
      res.json({});
    }),
  ).get('/');

describe('the challenge (RFC 6750 §3)', () => {
  it('has no error code when no credentials were sent', async () => {
    const { headers } = await answerTo(
      new AuthenticationError('Missing'),
      false,
    );
    expect(headers['www-authenticate']).toBe('Bearer realm="backstage"');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers.etag).toBeUndefined();
  });

  it('says what is wrong with the credentials, in the characters that a header may have', async () => {
    const error = new AuthenticationError(
      'a "quoted" \\ word\r\nSet-Cookie: ü',
    );
    const { headers } = await answerTo(error, true);
    expect(headers['www-authenticate']).toBe(
      `Bearer realm="backstage", error="invalid_token", error_description="a 'quoted' ' word??Set-Cookie: ?"`,
    );
    expect(headers['set-cookie']).toBeUndefined();
  });

  it('is a time to wait when the key could not be verified', async () => {
    const { headers } = await answerTo(new ServiceUnavailableError('x'), true);
    expect(headers['retry-after']).toBe('5');
    expect(headers['www-authenticate']).toBeUndefined();
  });

  it.each([new NotAllowedError('no'), new Error('bug'), 'text', undefined])(
    'is not there for %s',
    async error => {
      const { headers } = await answerTo(error, true);
      expect(headers['www-authenticate']).toBeUndefined();
      expect(headers['retry-after']).toBeUndefined();
    },
  );
});

describe('a challenge for Basic', () => {
  const challengesOf = async (headers: Record<string, string>) => {
    const answer = await request(
      express().get('/', (req, res) => {
        const error = new AuthenticationError('Missing');
        const options = { carriedCredentials: false, offersBasic: true };
        setChallenge(req, res, error, options);
        res.json(res.getHeader('WWW-Authenticate'));
      }),
    )
      .get('/')
      .set(headers);
    return answer.body;
  };
  const BARE = 'Bearer realm="backstage"';
  const BASIC = 'Basic realm="backstage", charset="UTF-8"';

  it.each([
    'Wget/1.24.5',
    'git/2.47.0',
    'Python-urllib/3.13',
    'Apache-Maven/3.9.9 (Java 21.0.5; Linux 6.1)',
    'curl/8.11.0',
  ])('is there for %s', async agent => {
    expect(await challengesOf({ 'User-Agent': agent })).toEqual([BARE, BASIC]);
  });

  it.each<[string, Record<string, string>]>([
    ['a browser', { 'User-Agent': 'Mozilla/5.0 (X11; Linux) Gecko/20100101' }],
    ['a browser behind CloudFront', { 'User-Agent': 'Amazon CloudFront' }],
    ['a request of unknown origin', { 'User-Agent': '' }],
    ...(
      [
        ['Sec-Fetch-Mode', 'cors'],
        ['Sec-Fetch-Site', 'same-origin'],
        ['Sec-Fetch-Dest', 'empty'],
        ['Sec-CH-UA', '"Chromium"'],
        ['Origin', 'https://backstage.example.com'],
        ['X-Requested-With', 'XMLHttpRequest'],
      ] as const
    ).map(([name, value]): [string, Record<string, string>] => [
      `a client that sends ${name}`,
      { 'User-Agent': 'somebody', [name]: value },
    ]),
  ])('is not there for %s', async (_, headers) => {
    expect(await challengesOf(headers)).toEqual(BARE);
  });
});
