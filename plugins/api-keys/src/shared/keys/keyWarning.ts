import { ApiKey, durationLength } from 'backstage-plugin-api-keys-common';
import { DAY_MS } from '../time/days';

/** Maximum time of a warning before the end. */
const NOTICE = 7 * DAY_MS;

/** Fraction of the lifetime, so that a key of one week does not warn from the start. The backend uses the same. */
const NOTICE_OF_EXPIRY = 1 / 2;

/** Fraction of the timeout, so that a weekly job with a timeout of eight days does not warn most of the time. */
const NOTICE_OF_INACTIVITY = 1 / 3;

/** The upcoming end of a key; `at` is ISO 8601. */
export type KeyWarning = { cause: 'expiry' | 'inactivity'; at: string };

/** Returns the upcoming end of a key, by expiry or inactivity, whichever is first. */
export function upcomingEnd(
  apiKey: ApiKey,
  now: number,
): KeyWarning | undefined {
  const { createdAt, expiresAt, inactiveAt, inactivityTimeout } = apiKey;
  const ends: KeyWarning[] = [];
  const life = expiresAt ? Date.parse(expiresAt) - Date.parse(createdAt) : 0;
  if (expiresAt && isNear(expiresAt, now, life * NOTICE_OF_EXPIRY)) {
    ends.push({ cause: 'expiry', at: expiresAt });
  }
  const timeout = inactivityTimeout
    ? durationLength(inactivityTimeout)
    : Infinity;
  if (inactiveAt && isNear(inactiveAt, now, timeout * NOTICE_OF_INACTIVITY)) {
    ends.push({ cause: 'inactivity', at: inactiveAt });
  }
  return ends.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))[0];
}

/** Returns the warning of a working key. Retiring keys end as planned, without a warning. */
export function warningOf(apiKey: ApiKey, now: number): KeyWarning | undefined {
  return apiKey.status === 'active' ? upcomingEnd(apiKey, now) : undefined;
}

/** True also for a passed end, which the list has not loaded yet. */
function isNear(time: string, now: number, notice: number): boolean {
  return Date.parse(time) - now <= Math.min(notice, NOTICE);
}

/** Returns the elapsed fraction of a key's lifetime (0 to 1); undefined for a key without expiry. */
export function elapsedLifetime(
  apiKey: ApiKey,
  now: number,
): number | undefined {
  const { status, createdAt, expiresAt } = apiKey;
  if (!expiresAt || status === 'revoked') return undefined;
  const made = Date.parse(createdAt);
  const spent = (now - made) / (Date.parse(expiresAt) - made);
  return Math.min(Math.max(spent, 0), 1);
}
