import { usageChart } from './keyUsage';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const use = (day: string, plugin: string, uses = 1) => ({ day, plugin, uses });

describe('usageChart', () => {
  it('has each of the last 30 days, with today as the last', () => {
    const { days, total } = usageChart([], NOW);
    expect(days.map(({ day }) => day)).toHaveLength(30);
    expect(days[0]).toEqual({ day: '2026-10-26', uses: 0, parts: [] });
    expect(days[29].day).toBe('2026-11-24');
    expect(total).toBe(0);
  });

  it('counts by day and by plugin, the most used plugin first', () => {
    const { days, plugins, total } = usageChart(
      [
        use('2026-11-23', 'techdocs', 2),
        use('2026-11-24', 'catalog', 5),
        use('2026-11-24', 'techdocs', 1),
      ],
      NOW,
    );
    expect(plugins).toEqual([
      { plugin: 'catalog', uses: 5 },
      { plugin: 'techdocs', uses: 3 },
    ]);
    expect(days.slice(28)).toEqual([
      {
        day: '2026-11-23',
        uses: 2,
        parts: [{ plugin: 'techdocs', uses: 2 }],
      },
      {
        day: '2026-11-24',
        uses: 6,
        parts: [
          { plugin: 'catalog', uses: 5 },
          { plugin: 'techdocs', uses: 1 },
        ],
      },
    ]);
    expect(total).toBe(8);
  });

  it('leaves out earlier uses', () => {
    expect(usageChart([use('2026-10-25', 'catalog')], NOW)).toMatchObject({
      plugins: [],
      total: 0,
    });
  });

  it.each<[number, (string | null)[]]>([
    [6, ['a', 'b', 'c', 'd', 'e', 'f']],
    [7, ['a', 'b', 'c', 'd', 'e', null]],
  ])('of %i plugins, shows %j', (count, expected) => {
    const used = [...'gfedcba'].slice(7 - count);
    const uses = used.map((plugin, i) => use('2026-11-24', plugin, i + 1));
    const { plugins, days, total } = usageChart(uses, NOW);
    expect(plugins.map(({ plugin }) => plugin)).toEqual(expected);
    expect(plugins.reduce((sum, each) => sum + each.uses, 0)).toBe(total);
    expect(days[29].parts).toEqual(plugins);
  });

  it('has a stable order of plugins with equal uses', () => {
    const uses = [use('2026-11-24', 'b'), use('2026-11-23', 'a')];
    const names = (all: typeof uses) =>
      usageChart(all, NOW).plugins.map(({ plugin }) => plugin);
    expect(names(uses)).toEqual(['a', 'b']);
    expect(names([...uses].reverse())).toEqual(['a', 'b']);
  });
});
