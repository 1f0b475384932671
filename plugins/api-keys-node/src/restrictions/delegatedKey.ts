/*
 * A plugin that calls another one on behalf of a key's subject sends a limited user token in its own. The signature of that
 * token tells the key to every process that has seen the key before. For one that has not, the id of the key goes with it
 * where it matters (a restricted key, and every key to the plugin `api-keys`), and the caller's signature covers both. A
 * process without the handler finds no user token there, and refuses.
 */
const SEPARATOR = '~';

/** Adds the id of a key to the limited user token that a plugin sends on. */
export function withKeyId(limitedUserToken: string, keyId: string): string {
  return `${limitedUserToken}${SEPARATOR}${keyId}`;
}

/** The limited user token as Backstage knows it, and the id of the key that was added to it. */
export function withoutKeyId(limitedUserToken: string): {
  limitedUserToken: string;
  keyId?: string;
} {
  const end = limitedUserToken.indexOf(SEPARATOR);
  return end < 0
    ? { limitedUserToken }
    : {
        limitedUserToken: limitedUserToken.slice(0, end),
        keyId: limitedUserToken.slice(end + 1),
      };
}
