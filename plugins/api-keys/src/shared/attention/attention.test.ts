import { aKey, fromNow } from '../../__testUtils__/keys';
import { endingSoon } from './attention';

describe('endingSoon', () => {
  it('returns keys that expire or go inactive soon, soonest first', () => {
    const keys = [
      aKey({ id: 'later', expiresAt: fromNow({ days: 8 }) }),
      aKey({ id: 'never', expiresAt: null }),
      aKey({
        id: 'last',
        createdAt: fromNow({ days: -30 }),
        expiresAt: fromNow({ days: 6 }),
      }),
      aKey({ id: 'idle', inactiveAt: fromNow({ days: 1 }) }),
      aKey({ id: 'over', expiresAt: fromNow({ minutes: -1 }) }),
    ];
    expect(endingSoon(keys).map(({ apiKey: { id } }) => id)).toEqual([
      'idle',
      'last',
    ]);
  });

  it('returns the earlier end', () => {
    const [end] = endingSoon([
      aKey({
        expiresAt: fromNow({ days: 3 }),
        inactiveAt: fromNow({ days: 2 }),
      }),
    ]);
    expect(end.cause).toBe('inactivity');
    const [other] = endingSoon([
      aKey({
        expiresAt: fromNow({ days: 1 }),
        inactiveAt: fromNow({ days: 2 }),
      }),
    ]);
    expect(other.cause).toBe('expiry');
  });
});
