import { ApiKey, durationLength } from 'backstage-plugin-api-keys-common';
import { DAY_MS } from '../time/days';

/** How long before its end a key warns of it at the most, in milliseconds. */
const NOTICE = 7 * DAY_MS;

/** A key of a week would warn from the start. The backend sends no warning in the first half of a life either. */
const NOTICE_OF_EXPIRY = 1 / 2;

/** A job that runs once a week with a key that goes inactive after eight days would warn most of the time. */
const NOTICE_OF_INACTIVITY = 1 / 3;

/** What stops a key soon unless somebody does something, and when, in ISO 8601. */
export type KeyWarning = { cause: 'expiry' | 'inactivity'; at: string };

/** What stops a key soon; the nearer of two. */
export function nearEnd(apiKey: ApiKey, now: number): KeyWarning | undefined {
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

/** What a working key has to warn of at a moment. A retiring key ends as it was told to. */
export function warningOf(apiKey: ApiKey, now: number): KeyWarning | undefined {
  return apiKey.status === 'active' ? nearEnd(apiKey, now) : undefined;
}

/** Also if it has passed: then the list has not heard of it yet. */
function isNear(time: string, now: number, notice: number): boolean {
  return Date.parse(time) - now <= Math.min(notice, NOTICE);
}

/** How much of its life a key has behind it, from 0 to 1; nothing for one that does not end by itself. */
export function lifeSpent(apiKey: ApiKey, now: number): number | undefined {
  const { status, createdAt, expiresAt } = apiKey;
  if (!expiresAt || status === 'revoked') return undefined;
  const made = Date.parse(createdAt);
  const spent = (now - made) / (Date.parse(expiresAt) - made);
  return Math.min(Math.max(spent, 0), 1);
}
