import {
  DEFAULT_FILTERS,
  InventoryFilters,
  KEY_CONCERNS,
  readFilters,
  toKeyFilter,
  writeFilters,
} from './inventoryFilters';

const NOW = Date.parse('2026-06-15T12:00:00Z');

const read = (search: string) => readFilters(new URLSearchParams(search));

describe('filters in the address', () => {
  it('come back as they were', () => {
    const filters: InventoryFilters = {
      search: 'ci & cd',
      owner: 'group:default/team-a',
      status: ['active', 'revoked'],
      concern: 'never-used',
      orderBy: 'owner:asc',
    };
    expect(read(`${writeFilters(filters)}`)).toEqual(filters);
  });

  it('leave the address alone as long as nothing is filtered', () => {
    expect(`${writeFilters(DEFAULT_FILTERS)}`).toBe('');
    expect(read('')).toEqual(DEFAULT_FILTERS);
  });

  it('skip what is not known', () => {
    const search = '?status=asleep&status=active&concern=x&orderBy=x&page=2';
    expect(read(search)).toEqual({ ...DEFAULT_FILTERS, status: ['active'] });
  });

  it('search for at most what the backend takes', () => {
    expect(read(`?q=${'x'.repeat(300)}`).search).toHaveLength(200);
  });
});

describe('toKeyFilter', () => {
  it('is empty for filters that let everything through', () => {
    expect(toKeyFilter(DEFAULT_FILTERS, NOW)).toEqual({});
  });

  it('has what was asked for', () => {
    const filters = {
      ...DEFAULT_FILTERS,
      search: 'ci',
      owner: 'user:default/ada',
      status: ['active' as const],
    };
    expect(toKeyFilter(filters, NOW)).toEqual({
      q: 'ci',
      owner: 'user:default/ada',
      status: ['active'],
    });
  });

  it('knows what each concern means at the moment', () => {
    const meaning = KEY_CONCERNS.map(concern => [
      concern,
      toKeyFilter({ ...DEFAULT_FILTERS, concern }, NOW),
    ]);
    expect(Object.fromEntries(meaning)).toEqual({
      'expiring-7d': { expiresBefore: '2026-06-22T12:00:00.000Z' },
      'expiring-30d': { expiresBefore: '2026-07-15T12:00:00.000Z' },
      'unused-90d': { unusedSince: '2026-03-17T12:00:00.000Z' },
      'never-used': { neverUsed: true },
      'without-expiry': { withoutExpiry: true },
    });
  });
});
