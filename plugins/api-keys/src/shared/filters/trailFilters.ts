import {
  ApiKeyEventCategory,
  ApiKeyEventFilter,
} from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';

export const EVENT_CATEGORIES = [
  'AUDIT',
  'SECURITY',
  'ERROR',
] as const satisfies readonly ApiKeyEventCategory[];

/** Relative ranges, in hours. */
const HOURS = { '24h': 24, '7d': 7 * 24, '30d': 30 * 24, '90d': 90 * 24 };

export const TRAIL_PERIODS = [
  'any',
  '24h',
  '7d',
  '30d',
  '90d',
  'custom',
] as const;

/** Filters of the audit trail. Empty strings select everything. */
export type TrailFilters = {
  category: ApiKeyEventCategory | '';
  /** Event type; can be one of a newer version. */
  type: string;
  /** Entity ref. */
  owner: string;
  /** Entity ref. */
  actor: string;
  keyId: string;
  period: (typeof TRAIL_PERIODS)[number];
  /** First and last day, `YYYY-MM-DD` in the time zone of the reader; only used with `custom`. */
  from: string;
  to: string;
};

export const DEFAULT_TRAIL_FILTERS: TrailFilters = {
  category: '',
  type: '',
  owner: '',
  actor: '',
  keyId: '',
  period: 'any',
  from: '',
  to: '',
};

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Normalizes a key id; undefined if the text is not one. */
export function toKeyId(text: string): string | undefined {
  const id = text.trim().toLowerCase();
  return UUID.test(id) ? id : undefined;
}

/** Reads the filters from search parameters. Unknown values are ignored. */
export function readTrailFilters(params: URLSearchParams): TrailFilters {
  const known = <T extends string>(values: readonly T[], name: string) =>
    values.find(value => value === params.get(name));
  const text = (name: string) => params.get(name) ?? '';
  const day = (name: string) =>
    startOfDay(text(name)).isValid ? text(name) : '';
  const period = known(TRAIL_PERIODS, 'period') ?? DEFAULT_TRAIL_FILTERS.period;
  const isCustom = period === 'custom';
  return {
    category: known(EVENT_CATEGORIES, 'category') ?? '',
    type: text('type'),
    owner: text('owner'),
    actor: text('actor'),
    keyId: toKeyId(text('keyId')) ?? '',
    period,
    from: isCustom ? day('from') : '',
    to: isCustom ? day('to') : '',
  };
}

/** Writes filters to search parameters, without those that have their default. */
export function writeTrailFilters(filters: TrailFilters): URLSearchParams {
  const isDefault = ([name, value]: [string, string]) =>
    value === DEFAULT_TRAIL_FILTERS[name as keyof TrailFilters];
  const { from, to, ...rest } = filters;
  const days = filters.period === 'custom' ? { from, to } : {};
  return new URLSearchParams(
    Object.entries({ ...rest, ...days }).filter(entry => !isDefault(entry)),
  );
}

/** Returns the search string of a link to the audit trail with filters. */
export function trailSearch(filters: Partial<TrailFilters>): string {
  return `?${writeTrailFilters({ ...DEFAULT_TRAIL_FILTERS, ...filters })}`;
}

/** Converts the filters to a query. Filters that select everything are left out. */
export function toEventFilter(
  filters: TrailFilters,
  now: number,
): ApiKeyEventFilter {
  const { category, type, owner, actor, keyId } = filters;
  return {
    ...(category && { category }),
    ...(type && { type }),
    ...(owner && { owner }),
    ...(actor && { actor }),
    ...(keyId && { keyId }),
    ...timesOf(filters, now),
  };
}

function timesOf({ period, from, to }: TrailFilters, now: number) {
  if (period === 'any') return {};
  if (period !== 'custom') {
    return {
      from: iso(DateTime.fromMillis(now).minus({ hours: HOURS[period] })),
    };
  }
  return {
    ...(from && { from: iso(startOfDay(from)) }),
    // Adds a calendar day, which can have 23 or 25 hours.
    ...(to && { to: iso(startOfDay(to).plus({ days: 1 })) }),
  };
}

function startOfDay(day: string): DateTime {
  return DateTime.fromFormat(day, 'yyyy-MM-dd');
}

function iso(time: DateTime): string | undefined {
  return time.toUTC().toISO() ?? undefined;
}
