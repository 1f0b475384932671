import { DateTime } from 'luxon';
import {
  ApiKeyPolicy,
  CreateApiKeyRequest,
  durationLength,
  latestEnd,
  longestDuration,
} from 'backstage-plugin-api-keys-common';
import { DAY_MS } from '../../shared/time/days';

/** The lifetimes that the form offers, in days, as far as the policy allows them. */
const PRESET_DAYS = [7, 30, 90];

/** The end of a new key, as it is chosen in the form. */
export type ExpiryChoice =
  | { kind: 'preset'; days: number }
  | { kind: 'default' }
  | { kind: 'date' }
  | { kind: 'never' };

/** What is picked in the form. The date counts only where a date is the choice. */
export type ExpiryFieldValue = { choice: ExpiryChoice; date: string };

/** What a choice comes to: either when the key ends and how to ask for that, or what is wrong with it. */
export type Expiry =
  | {
      /** `undefined`: never. */
      endsAt: DateTime | undefined;
      request: Pick<CreateApiKeyRequest, 'expiresAt' | 'expiresIn'>;
    }
  | { problem: 'dateMissing' | 'dateTooEarly' | 'dateTooLate' };

type Lifetime = ApiKeyPolicy['lifetime'];

/** Days count 24 hours here, as they do in the backend: no daylight saving time. */
function after(now: number, duration: string): DateTime {
  return DateTime.fromMillis(now + durationLength(duration));
}

/** The latest moment at which a key that is made now may end, as the backend has it. */
export function latestEndOf({ max }: Lifetime, now: number): DateTime {
  return DateTime.fromMillis(latestEnd(now, durationLength(max)));
}

/** The days that can be picked, as `YYYY-MM-DD` in the time zone of the user. */
export function dateRange(
  lifetime: Lifetime,
  now: number,
): { min: string; max: string } {
  return {
    min: DateTime.fromMillis(now).plus({ days: 1 }).toFormat('yyyy-MM-dd'),
    max: latestEndOf(lifetime, now).toFormat('yyyy-MM-dd'),
  };
}

/** A day to start from when a date is to be picked: the one on which the default lifetime ends. */
export function initialDate(lifetime: Lifetime, now: number): string {
  const { min } = dateRange(lifetime, now);
  const date = after(now, lifetime.default).toFormat('yyyy-MM-dd');
  return date < min ? min : date;
}

function isDefault(days: number, lifetime: Lifetime): boolean {
  return days * DAY_MS === durationLength(lifetime.default);
}

/** What the policy leaves to choose from. */
export function expiryChoices(lifetime: Lifetime, now: number): ExpiryChoice[] {
  const max = latestEndOf(lifetime, now);
  const days = PRESET_DAYS.filter(d => after(now, `P${d}D`) <= max);
  const range = dateRange(lifetime, now);
  return [
    ...days.map(d => ({ kind: 'preset' as const, days: d })),
    ...(days.some(d => isDefault(d, lifetime))
      ? []
      : [{ kind: 'default' as const }]),
    ...(range.max >= range.min ? [{ kind: 'date' as const }] : []),
    ...(lifetime.allowUnlimited ? [{ kind: 'never' as const }] : []),
  ];
}

/** The choice that comes to the default of the policy. */
export function initialChoice(lifetime: Lifetime, now: number): ExpiryChoice {
  const preset = expiryChoices(lifetime, now).find(
    choice => choice.kind === 'preset' && isDefault(choice.days, lifetime),
  );
  return preset ?? { kind: 'default' };
}

/** Whether a policy, which may be another one than it was picked under, allows what was picked. */
export function fitsLifetime(
  { choice, date }: ExpiryFieldValue,
  lifetime: Lifetime,
  now: number,
): boolean {
  const fits = expiryChoices(lifetime, now).some(
    offered =>
      offered.kind === choice.kind &&
      (offered.kind !== 'preset' ||
        choice.kind !== 'preset' ||
        offered.days === choice.days),
  );
  return fits && !('problem' in resolveExpiry(choice, date, lifetime, now));
}

/** When a key made now would end, and what to send for it. */
export function resolveExpiry(
  choice: ExpiryChoice,
  date: string,
  lifetime: Lifetime,
  now: number,
): Expiry {
  switch (choice.kind) {
    case 'preset': {
      const expiresIn = `P${choice.days}D`;
      return { endsAt: after(now, expiresIn), request: { expiresIn } };
    }
    case 'default':
      return { endsAt: after(now, lifetime.default), request: {} };
    case 'never':
      return { endsAt: undefined, request: { expiresAt: null } };
    case 'date':
      return resolveDate(date, lifetime, now);
    default:
      throw new Error(`Unknown choice: ${choice satisfies never}`);
  }
}

/** A date means the whole of that day in the time zone of the user, as far as the policy reaches. */
function resolveDate(date: string, lifetime: Lifetime, now: number): Expiry {
  const endOfDay = DateTime.fromISO(date).endOf('day');
  const range = dateRange(lifetime, now);
  if (!endOfDay.isValid) {
    return { problem: 'dateMissing' };
  }
  if (date < range.min) {
    return { problem: 'dateTooEarly' };
  }
  if (date > range.max) {
    return { problem: 'dateTooLate' };
  }
  const max = latestEndOf(lifetime, now);
  if (endOfDay > max) {
    // Asked for as a length of time, it fits even if the clocks of browser and backend differ.
    const expiresIn = longestDuration(now, durationLength(lifetime.max));
    return { endsAt: max, request: { expiresIn } };
  }
  return {
    endsAt: endOfDay,
    request: { expiresAt: endOfDay.toUTC().toISO() ?? undefined },
  };
}
