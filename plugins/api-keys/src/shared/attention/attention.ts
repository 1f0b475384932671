import { ApiKey } from 'backstage-plugin-api-keys-common';
import { KeyWarning, nearEnd } from '../keys/keyWarning';

/** A key that stops soon unless somebody does something. */
export type KeyEnd = KeyWarning & { apiKey: ApiKey };

/** Those of the keys that stop soon, soonest first. */
export function endingSoon(keys: ApiKey[], now = Date.now()): KeyEnd[] {
  return keys
    .flatMap(apiKey => {
      const end = nearEnd(apiKey, now);
      return end && Date.parse(end.at) > now ? { apiKey, ...end } : [];
    })
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
