import { ApiKey } from 'backstage-plugin-api-keys-common';
import { aKey } from '../../__testUtils__/keys';
import { KeyWarning, elapsedLifetime, warningOf } from './keyWarning';

const NOW = Date.parse('2026-06-15T12:00:00Z');
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const inMs = (ms: number) => new Date(NOW + ms).toISOString();

describe('warningOf', () => {
  it.each<[string, Partial<ApiKey>, KeyWarning['cause'] | undefined]>([
    ['nothing', { expiresAt: null }, undefined],
    ['nothing 8 days before the end', { expiresAt: inMs(8 * DAY) }, undefined],
    ['the end in a week', { expiresAt: inMs(7 * DAY) }, 'expiry'],
    [
      'nothing in the first half of a week',
      { createdAt: inMs(-3 * DAY), expiresAt: inMs(4 * DAY) },
      undefined,
    ],
    [
      'the end in the second half of a week',
      { createdAt: inMs(-4 * DAY), expiresAt: inMs(3 * DAY) },
      'expiry',
    ],
    ['the end in an hour', { expiresAt: inMs(HOUR) }, 'expiry'],
    [
      'an end that the list has not seen yet',
      { expiresAt: inMs(-1) },
      'expiry',
    ],
    [
      'inactivity within a week',
      { inactiveAt: inMs(6 * DAY), inactivityTimeout: 'P30D' },
      'inactivity',
    ],
    [
      'nothing 8 days before, however long the timeout is',
      { inactiveAt: inMs(8 * DAY), inactivityTimeout: 'P90D' },
      undefined,
    ],
    [
      'nothing while two thirds of a short timeout are left',
      { inactiveAt: inMs(2 * DAY + 1), inactivityTimeout: 'P6D' },
      undefined,
    ],
    [
      'inactivity in the last third of a short timeout',
      { inactiveAt: inMs(2 * DAY), inactivityTimeout: 'P6D' },
      'inactivity',
    ],
    [
      'the nearer of two: the end',
      {
        expiresAt: inMs(DAY),
        inactiveAt: inMs(2 * DAY),
        inactivityTimeout: 'P30D',
      },
      'expiry',
    ],
    [
      'the nearer of two: inactivity',
      {
        expiresAt: inMs(2 * DAY),
        inactiveAt: inMs(DAY),
        inactivityTimeout: 'P30D',
      },
      'inactivity',
    ],
  ])('warns of %s', (_, key, cause) => {
    const apiKey = aKey({
      createdAt: inMs(-90 * DAY),
      expiresAt: inMs(90 * DAY),
      ...key,
    });
    const ends = { expiry: apiKey.expiresAt, inactivity: apiKey.inactiveAt };
    expect(warningOf(apiKey, NOW)).toEqual(cause && { cause, at: ends[cause] });
  });

  it.each(['retiring', 'inactive', 'expired', 'revoked'] as const)(
    'does not warn for a key that is %s',
    status => {
      const expiresAt = inMs(DAY);
      expect(warningOf(aKey({ status, expiresAt }), NOW)).toBeUndefined();
    },
  );
});

describe('elapsedLifetime', () => {
  it.each<[string, Partial<ApiKey>, number | undefined]>([
    ['a quarter', { createdAt: inMs(-DAY), expiresAt: inMs(3 * DAY) }, 0.25],
    ['nothing yet', { createdAt: inMs(HOUR), expiresAt: inMs(DAY) }, 0],
    [
      'all of it',
      { status: 'expired', createdAt: inMs(-DAY), expiresAt: inMs(-HOUR) },
      1,
    ],
    ['no part of a life without an end', { expiresAt: null }, undefined],
    ['no part of a life that was cut off', { status: 'revoked' }, undefined],
  ])('is %s', (_, key, share) => {
    expect(elapsedLifetime(aKey(key), NOW)).toBe(share);
  });
});
