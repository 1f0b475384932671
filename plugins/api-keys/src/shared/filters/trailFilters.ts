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

/** How far back to look, in hours; whatever is not here are days that somebody picks. */
const HOURS = { '24h': 24, '7d': 7 * 24, '30d': 30 * 24, '90d': 90 * 24 };

export const TRAIL_PERIODS = [
  'any',
  '24h',
  '7d',
  '30d',
  '90d',
  'custom',
] as const;

/** What the trail is narrowed down to. Empty texts are for everything. */
export type TrailFilters = {
  category: ApiKeyEventCategory | '';
  /** Any type that there is, also one that this version does not know. */
  type: string;
  /** Entity ref. */
  owner: string;
  /** Entity ref. */
  actor: string;
  keyId: string;
  period: (typeof TRAIL_PERIODS)[number];
  /** The first and the last day, `YYYY-MM-DD` in the time zone of the reader; only for `custom`. */
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

/** The id of a key, as the backend writes it, or nothing if the text is none. */
export function toKeyId(text: string): string | undefined {
  const id = text.trim().toLowerCase();
  return UUID.test(id) ? id : undefined;
}

/** The filters in the address of a page; whatever it does not know, it skips. */
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

/** The way back from {@link readTrailFilters}, without what is as it is by itself. */
export function writeTrailFilters(filters: TrailFilters): URLSearchParams {
  const isDefault = ([name, value]: [string, string]) =>
    value === DEFAULT_TRAIL_FILTERS[name as keyof TrailFilters];
  const { from, to, ...rest } = filters;
  const days = filters.period === 'custom' ? { from, to } : {};
  return new URLSearchParams(
    Object.entries({ ...rest, ...days }).filter(entry => !isDefault(entry)),
  );
}

/** What to put behind the address of the trail so that it starts with some filters, such as those of one key. */
export function trailSearch(filters: Partial<TrailFilters>): string {
  return `?${writeTrailFilters({ ...DEFAULT_TRAIL_FILTERS, ...filters })}`;
}

/** What the filters mean to the backend at a moment; without a field if they let everything through. */
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
    // The last day as a whole, which may have 23 or 25 hours.
    ...(to && { to: iso(startOfDay(to).plus({ days: 1 })) }),
  };
}

function startOfDay(day: string): DateTime {
  return DateTime.fromFormat(day, 'yyyy-MM-dd');
}

function iso(time: DateTime): string | undefined {
  return time.toUTC().toISO() ?? undefined;
}
