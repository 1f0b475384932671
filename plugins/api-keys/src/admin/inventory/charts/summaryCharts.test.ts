import { expiriesByWeek, usesByDay } from './summaryCharts';

const NOW = Date.parse('2026-11-24T12:00:00Z');

describe('expiriesByWeek', () => {
  it('counts the keys of thirteen weeks, starting today', () => {
    const weeks = expiriesByWeek(
      [
        { day: '2026-11-24', keys: 1 },
        { day: '2026-11-30', keys: 2 },
        { day: '2026-12-01', keys: 4 },
        { day: '2027-02-22', keys: 8 },
        { day: '2027-02-23', keys: 16 },
      ],
      NOW,
    );
    expect(weeks).toHaveLength(13);
    expect(weeks[0]).toEqual({
      from: '2026-11-24',
      to: '2026-11-30',
      count: 3,
    });
    expect(weeks.map(({ count }) => count)).toEqual([
      3,
      4,
      ...Array(10).fill(0),
      8,
    ]);
  });
});

describe('usesByDay', () => {
  it('has each of the last thirty days, ending today', () => {
    const days = usesByDay(
      [
        { day: '2026-10-25', uses: 1 },
        { day: '2026-10-26', uses: 2 },
        { day: '2026-11-24', uses: 3 },
      ],
      NOW,
    );
    expect(days).toHaveLength(30);
    expect(days[0]).toEqual({ from: '2026-10-26', to: '2026-10-26', count: 2 });
    expect(days[29]).toEqual({
      from: '2026-11-24',
      to: '2026-11-24',
      count: 3,
    });
    expect(days.filter(({ count }) => count > 0)).toHaveLength(2);
  });
});
