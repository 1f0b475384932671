/*
 * A plugin that calls another one on behalf of a key's subject wraps a limited user token in its own token. A process that has
 * seen the key before identifies it by the signature of the limited token. For other processes, the caller adds the id of the
 * key where it matters (for a restricted key, and for every key in calls to the plugin `api-keys`); the caller's signature
 * covers both. A process without the token handler finds no valid user token, and refuses the call.
 */
const SEPARATOR = '~';

/** Adds the id of a key to the limited user token that a plugin sends on. */
export function withKeyId(limitedUserToken: string, keyId: string): string {
  return `${limitedUserToken}${SEPARATOR}${keyId}`;
}

/** Splits the limited user token that Backstage knows from the id of the key. */
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
