import { ApiKey } from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';

/** How long before its end a key needs attention. */
const NOTICE = { days: 7 };

/** A key that stops soon unless somebody does something. */
export type KeyEnd = {
  apiKey: ApiKey;
  /** What stops it. */
  cause: 'expiry' | 'inactivity';
  /** ISO 8601. */
  at: string;
};

function endOf(apiKey: ApiKey): KeyEnd | undefined {
  const { expiresAt, inactiveAt } = apiKey;
  const ends: KeyEnd[] = [];
  if (expiresAt) ends.push({ apiKey, cause: 'expiry', at: expiresAt });
  if (inactiveAt) ends.push({ apiKey, cause: 'inactivity', at: inactiveAt });
  return ends.sort(bySoonest)[0];
}

function bySoonest(a: KeyEnd, b: KeyEnd): number {
  return Date.parse(a.at) - Date.parse(b.at);
}

/** Those of the keys that stop within a week, soonest first. */
export function endingSoon(keys: ApiKey[], now = DateTime.utc()): KeyEnd[] {
  const from = now.toMillis();
  const until = now.plus(NOTICE).toMillis();
  return keys
    .flatMap(apiKey => endOf(apiKey) ?? [])
    .filter(({ at }) => Date.parse(at) > from && Date.parse(at) <= until)
    .sort(bySoonest);
}
