import { ApiKey } from 'backstage-plugin-api-keys-common';
import { KeyWarning, upcomingEnd } from '../keys/keyWarning';

/** A key that expires or goes inactive soon. */
export type KeyEnd = KeyWarning & { apiKey: ApiKey };

/** Returns the keys that end soon, soonest first. */
export function endingSoon(keys: ApiKey[], now = Date.now()): KeyEnd[] {
  return keys
    .flatMap(apiKey => {
      const end = upcomingEnd(apiKey, now);
      return end && Date.parse(end.at) > now ? { apiKey, ...end } : [];
    })
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
