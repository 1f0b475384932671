import { DateTime } from 'luxon';
import {
  ApiKeyPolicy,
  CreateApiKeyRequest,
  durationLength,
  latestEnd,
  longestDuration,
} from 'backstage-plugin-api-keys-common';
import { DAY_MS } from '../../shared/time/days';

/** Offered lifetimes in days, subject to the policy. */
const PRESET_DAYS = [7, 30, 90];

/** The chosen expiry of a new key. */
export type ExpiryChoice =
  | { kind: 'preset'; days: number }
  | { kind: 'default' }
  | { kind: 'date' }
  | { kind: 'never' };

/** Value of the field. `date` is used only with the choice `date`, and kept otherwise. */
export type ExpiryFieldValue = { choice: ExpiryChoice; date: string };

/** Result of a choice: the expiry and the request fields for it, or a validation error. */
export type Expiry =
  | {
      /** `undefined` means never. */
      endsAt: DateTime | undefined;
      request: Pick<CreateApiKeyRequest, 'expiresAt' | 'expiresIn'>;
    }
  | { problem: 'dateMissing' | 'dateTooEarly' | 'dateTooLate' };

type Lifetime = ApiKeyPolicy['lifetime'];

/** A day is 24 hours, as in the backend, regardless of daylight saving time. */
function after(now: number, duration: string): DateTime {
  return DateTime.fromMillis(now + durationLength(duration));
}

/** Returns the latest expiry that the backend accepts for a key created now. */
export function latestEndOf({ max }: Lifetime, now: number): DateTime {
  return DateTime.fromMillis(latestEnd(now, durationLength(max)));
}

/** Returns the selectable days, as `YYYY-MM-DD` in the time zone of the user. */
export function dateRange(
  lifetime: Lifetime,
  now: number,
): { min: string; max: string } {
  return {
    min: DateTime.fromMillis(now).plus({ days: 1 }).toFormat('yyyy-MM-dd'),
    max: latestEndOf(lifetime, now).toFormat('yyyy-MM-dd'),
  };
}

/** Returns the initial date of the date picker: the end of the default lifetime. */
export function initialDate(lifetime: Lifetime, now: number): string {
  const { min } = dateRange(lifetime, now);
  const date = after(now, lifetime.default).toFormat('yyyy-MM-dd');
  return date < min ? min : date;
}

function isDefault(days: number, lifetime: Lifetime): boolean {
  return days * DAY_MS === durationLength(lifetime.default);
}

/** Returns the choices that the policy allows. */
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

/** Returns the choice that matches the default of the policy. */
export function initialChoice(lifetime: Lifetime, now: number): ExpiryChoice {
  const preset = expiryChoices(lifetime, now).find(
    choice => choice.kind === 'preset' && isDefault(choice.days, lifetime),
  );
  return preset ?? { kind: 'default' };
}

/** Returns true if a policy allows a value that can have been picked under another policy. */
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

/** Resolves a choice for a key created now. */
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

/** Resolves a date to the end of the day in the time zone of the user, capped by the policy. */
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
    // Sent as a duration, which is accepted even if the clocks of browser and backend differ.
    const expiresIn = longestDuration(now, durationLength(lifetime.max));
    return { endsAt: max, request: { expiresIn } };
  }
  return {
    endsAt: endOfDay,
    request: { expiresAt: endOfDay.toUTC().toISO() ?? undefined },
  };
}
