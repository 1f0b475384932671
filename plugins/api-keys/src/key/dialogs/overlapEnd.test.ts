import { DateTime } from 'luxon';
import { aKey } from '../../__testUtils__/keys';
import { overlapEnd } from './overlapEnd';

const NOW = DateTime.fromISO('2026-11-24T12:00:00Z');

describe('overlapEnd', () => {
  it('counts days of 24 hours over a change of the clocks, as the backend does', () => {
    const now = DateTime.fromISO('2026-10-20T10:00:00', {
      zone: 'Europe/Berlin',
    });
    const end = overlapEnd(aKey({ expiresAt: null }), 'P7D', now);
    expect(end.diff(now).as('hours')).toBe(7 * 24);
  });

  it.each([
    [null, '2026-12-01T12:00:00.000Z'],
    ['2027-11-24T12:00:00Z', '2026-12-01T12:00:00.000Z'],
    ['2026-11-26T12:00:00Z', '2026-11-26T12:00:00.000Z'],
  ])('of a key that expires at %p is %p', (expiresAt, end) => {
    const key = aKey({ expiresAt });
    expect(overlapEnd(key, 'P7D', NOW).toUTC().toISO()).toBe(end);
  });
});
