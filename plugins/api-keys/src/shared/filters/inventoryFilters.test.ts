import {
  DEFAULT_FILTERS,
  InventoryFilters,
  KEY_AGES,
  KEY_CONCERNS,
  readFilters,
  toKeyFilter,
  writeFilters,
} from './inventoryFilters';

const NOW = Date.parse('2026-06-15T12:00:00Z');

const read = (search: string) => readFilters(new URLSearchParams(search));
const meaningOf = (filters: Partial<InventoryFilters>) =>
  toKeyFilter({ ...DEFAULT_FILTERS, ...filters }, NOW);

describe('filters in the URL', () => {
  it('are read as they were written', () => {
    const filters: InventoryFilters = {
      search: 'ci & cd',
      scope: 'reports:read',
      owner: 'group:default/team-a',
      status: ['active', 'revoked'],
      concern: 'never-used',
      age: '30d',
      expiresFrom: '2026-06-15',
      expiresTo: '2026-06-21',
      usedOn: '2026-06-14',
      orderBy: 'owner:asc',
    };
    expect(read(`${writeFilters(filters)}`)).toEqual(filters);
  });

  it('write nothing for default values', () => {
    expect(`${writeFilters(DEFAULT_FILTERS)}`).toBe('');
    expect(read('')).toEqual(DEFAULT_FILTERS);
  });

  it.each([
    'status=asleep',
    'concern=x',
    'age=1d',
    'orderBy=x',
    'page=2',
    'usedOn=yesterday',
    'expiresFrom=2026-02-30',
    'expiresTo=2026-06-15T00:00:00Z',
    'scope=reports read',
    'scope=',
    `scope=${'x'.repeat(201)}`,
  ])('ignore unknown values: %s', search => {
    const status = ['active' as const];
    expect(read(`?${search}&status=active`)).toEqual({
      ...DEFAULT_FILTERS,
      status,
    });
  });

  it('normalize scopes of APIs only', () => {
    expect(read('?scope=API:Default/PetStore').scope).toBe(
      'api:default/petstore',
    );
    expect(read('?scope=Deploy').scope).toBe('Deploy');
  });

  it('limit the search text to what the backend accepts', () => {
    expect(read(`?q=${'x'.repeat(300)}`).search).toHaveLength(200);
  });
});

describe('toKeyFilter', () => {
  it('is empty for default filters', () => {
    expect(meaningOf({})).toEqual({});
  });

  it('has the requested filters', () => {
    const status = ['active' as const];
    const owner = 'user:default/ada';
    const scope = 'reports:read';
    expect(meaningOf({ search: 'ci', owner, scope, status })).toEqual({
      q: 'ci',
      owner,
      scope,
      status,
    });
  });

  it('resolves each concern at a given time', () => {
    const meanings = KEY_CONCERNS.map(concern => [
      concern,
      meaningOf({ concern }),
    ]);
    expect(Object.fromEntries(meanings)).toEqual({
      'expiring-7d': { expiresBefore: '2026-06-22T12:00:00.000Z' },
      'expiring-30d': { expiresBefore: '2026-07-15T12:00:00.000Z' },
      'unused-90d': { unusedSince: '2026-03-17T12:00:00.000Z' },
      'never-used': { neverUsed: true },
      'without-expiry': { withoutExpiry: true },
      unrestricted: { unrestricted: true },
      'cut-short': { cutShort: true },
      'owner-missing': { ownerMissing: true },
      'owner-unconfirmed': { ownerUnconfirmed: true },
      'rotated-out-seen': { rotatedOutSeenSince: '2026-05-16T12:00:00.000Z' },
      'revoked-7d': { revokedSince: '2026-06-08T12:00:00.000Z' },
    });
  });

  it('resolves each age at a given time', () => {
    const meanings = KEY_AGES.map(age => meaningOf({ age }).createdBefore);
    expect(meanings).toEqual([
      undefined,
      '2026-06-08T12:00:00.000Z',
      '2026-05-16T12:00:00.000Z',
      '2026-03-17T12:00:00.000Z',
      '2025-06-15T12:00:00.000Z',
    ]);
  });

  it('treats days as whole days in UTC', () => {
    const days = { expiresFrom: '2026-06-15', expiresTo: '2026-06-30' };
    expect(meaningOf(days)).toEqual({
      expiresFrom: '2026-06-15T00:00:00Z',
      expiresBefore: '2026-07-01T00:00:00Z',
    });
    expect(meaningOf({ usedOn: '2026-06-15' })).toEqual({
      usedOn: '2026-06-15',
    });
  });
});
