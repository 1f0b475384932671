import { dailyUses } from './dailyUses';

const NOW = Date.parse('2026-03-01T00:30:00Z');

describe('dailyUses', () => {
  it('has each of the last 30 days in UTC, ending today', () => {
    const days = dailyUses(
      [
        { day: '2026-01-30', uses: 1 },
        { day: '2026-01-31', uses: 2 },
        { day: '2026-02-28', uses: 3 },
        { day: '2026-03-01', uses: 4 },
      ],
      NOW,
    );
    expect(days).toHaveLength(30);
    expect(days.slice(0, 2)).toEqual([2, 0]);
    expect(days.slice(-3)).toEqual([0, 3, 4]);
  });

  it('is flat for a key that was not used', () => {
    expect(dailyUses([], NOW)).toEqual(Array(30).fill(0));
  });
});
