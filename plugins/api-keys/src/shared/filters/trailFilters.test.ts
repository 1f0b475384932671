import { DateTime } from 'luxon';
import {
  DEFAULT_TRAIL_FILTERS,
  readTrailFilters,
  toEventFilter,
  toKeyId,
  TrailFilters,
  trailSearch,
  writeTrailFilters,
} from './trailFilters';

const NOW = Date.parse('2026-06-15T12:00:00Z');
const KEY = '0b0f1c8e-2f0e-4a53-9b58-2f3d3c5b7a10';
const FULL: TrailFilters = {
  category: 'SECURITY',
  type: 'rotated-key-presented',
  owner: 'group:default/team-a',
  actor: 'user:default/ada',
  keyId: KEY,
  period: 'custom',
  from: '2026-05-01',
  to: '2026-05-31',
};

const read = (search: string) => readTrailFilters(new URLSearchParams(search));
const only = (filters: Partial<TrailFilters>): TrailFilters => ({
  ...DEFAULT_TRAIL_FILTERS,
  ...filters,
});

describe('filters of the audit trail in the URL', () => {
  it.each([
    ['all of them', FULL],
    ['a period', only({ period: '7d' })],
    ['one of two days', only({ period: 'custom', to: '2026-05-31' })],
    ['a type that is new', only({ type: 'borrowed' })],
  ])('are read as they were written: %s', (_, filters) => {
    expect(read(`${writeTrailFilters(filters)}`)).toEqual(filters);
  });

  it('write nothing for default values', () => {
    expect(`${writeTrailFilters(DEFAULT_TRAIL_FILTERS)}`).toBe('');
    expect(read('')).toEqual(DEFAULT_TRAIL_FILTERS);
  });

  it.each([
    ['category=audit', {}],
    ['period=1y', {}],
    ['keyId=0b0f1c8e', {}],
    [`keyId=${KEY.toUpperCase()}`, { keyId: KEY }],
    ['period=custom&from=2026-02-30&to=x', { period: 'custom' as const }],
    ['from=2026-05-01&page=2', {}],
  ])('ignore unknown values in %s', (search, known) => {
    expect(read(search)).toEqual(only(known));
  });

  it('drop days unless the period is custom', () => {
    const filters = only({ period: '7d', from: '2026-05-01' });
    expect(`${writeTrailFilters(filters)}`).toBe('period=7d');
  });

  it('link to one key', () => {
    expect(trailSearch({ keyId: KEY })).toBe(`?keyId=${KEY}`);
  });
});

describe('toKeyId', () => {
  it.each([
    [KEY, KEY],
    [` ${KEY.toUpperCase()}\n`, KEY],
    ['', undefined],
    [KEY.slice(0, -1), undefined],
    [`${KEY}0`, undefined],
  ])('of %j is %j', (text, id) => expect(toKeyId(text)).toBe(id));
});

describe('toEventFilter', () => {
  const inUtc = (time: DateTime) => time.toUTC().toISO();

  it('is empty for default filters', () => {
    expect(toEventFilter(DEFAULT_TRAIL_FILTERS, NOW)).toEqual({});
  });

  it('has the requested filters, including the whole last day', () => {
    const { category, type, owner, actor, keyId } = FULL;
    expect(toEventFilter(FULL, NOW)).toEqual({
      category,
      type,
      owner,
      actor,
      keyId,
      from: inUtc(DateTime.local(2026, 5, 1)),
      to: inUtc(DateTime.local(2026, 6, 1)),
    });
  });

  it.each([
    ['24h', '2026-06-14T12:00:00.000Z'],
    ['7d', '2026-06-08T12:00:00.000Z'],
    ['30d', '2026-05-16T12:00:00.000Z'],
    ['90d', '2026-03-17T12:00:00.000Z'],
  ] as const)('goes back by %s to %s', (period, from) => {
    expect(toEventFilter(only({ period }), NOW)).toEqual({ from });
  });

  it('ignores a custom period without days', () => {
    expect(toEventFilter(only({ period: 'custom' }), NOW)).toEqual({});
  });
});
