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
      setChallenge(req, error, carriedCredentials);
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

  it('is a time to wait when nothing could be told', async () => {
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
