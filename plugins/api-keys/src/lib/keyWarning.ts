import { ApiKey, durationLength } from 'backstage-plugin-api-keys-common';
import { DAY_MS } from './days';

/** How long before its end a key warns of it, in milliseconds. */
const NOTICE = 7 * DAY_MS;

/** A job that runs once a week with a key that goes inactive after eight days would warn most of the time. */
const NOTICE_OF_INACTIVITY = 1 / 3;

/** What stops a key soon unless somebody does something, and when, in ISO 8601. */
export type KeyWarning = { cause: 'expiry' | 'inactivity'; at: string };

/** What a working key has to warn of at a moment; the nearer of two. A retiring key ends as it was told to. */
export function warningOf(apiKey: ApiKey, now: number): KeyWarning | undefined {
  const { status, expiresAt, inactiveAt, inactivityTimeout } = apiKey;
  if (status !== 'active') return undefined;
  const warnings: KeyWarning[] = [];
  if (expiresAt && isNear(expiresAt, now, NOTICE)) {
    warnings.push({ cause: 'expiry', at: expiresAt });
  }
  const timeout = inactivityTimeout
    ? durationLength(inactivityTimeout) * NOTICE_OF_INACTIVITY
    : Infinity;
  if (inactiveAt && isNear(inactiveAt, now, Math.min(NOTICE, timeout))) {
    warnings.push({ cause: 'inactivity', at: inactiveAt });
  }
  return warnings.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))[0];
}

/** Also if it has passed: then the list has not heard of it yet. */
function isNear(time: string, now: number, notice: number): boolean {
  return Date.parse(time) - now <= notice;
}

/** How much of its life a key has behind it, from 0 to 1; nothing for one that does not end by itself. */
export function lifeSpent(apiKey: ApiKey, now: number): number | undefined {
  const { status, createdAt, expiresAt } = apiKey;
  if (!expiresAt || status === 'revoked') return undefined;
  const made = Date.parse(createdAt);
  const spent = (now - made) / (Date.parse(expiresAt) - made);
  return Math.min(Math.max(spent, 0), 1);
}
