import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/*
 * <prefix>_<43 random characters><6 checksum characters>, all base62.
 *
 * The format follows GitHub's tokens (https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/):
 * a prefix that scanners can search for, an underscore so that a double click selects the whole secret, and a checksum that
 * rejects typos and random probes without a database query. The format of existing secrets must stay readable for as long as
 * their keys may live.
 *
 * `secrets/form.ts` of backstage-plugin-api-keys-common implements it as well, for browsers and for texts that contain secrets.
 * This file cannot import it, since services outside of Backstage load it; findSecrets.test.ts compares both.
 */
const ALPHABET =
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_LENGTH = 43; // log2(62) * 43 = 256.03 bits
const CHECKSUM_LENGTH = 6; // 62^6 > 2^32

const PREFIX_PATTERN = /^[a-z][a-z0-9]{1,11}$/;
const SECRET_PATTERN = new RegExp(
  `^[a-z][a-z0-9]{1,11}_[0-9A-Za-z]{${RANDOM_LENGTH + CHECKSUM_LENGTH}}$`,
);

/**
 * Default of `apiKeys.secret.prefix`, the prefix of secrets.
 *
 * @public
 */
export const DEFAULT_SECRET_PREFIX = 'bsk';

/**
 * Returns true if a text can be the prefix of secrets: 2 to 12 lower case letters and digits, starting with a letter.
 *
 * @public
 */
export function isValidSecretPrefix(prefix: string): boolean {
  return PREFIX_PATTERN.test(prefix);
}

/**
 * Generates a secret from the system's cryptographic random source.
 *
 * @param prefix - a prefix that {@link isValidSecretPrefix} accepts
 * @public
 */
export function generateSecret(prefix: string): string {
  const body = `${prefix}_${randomCharacters(RANDOM_LENGTH)}`;
  return body + checksumOf(body);
}

/**
 * Reason for refusing a secret that is not well formed.
 *
 * @public
 */
export const MALFORMED_SECRET_REASON = 'The API key is mistyped or cut off';

/**
 * Returns true if a text has the format of a secret and the right checksum, with any prefix, since keys outlive a change of
 * `apiKeys.secret.prefix`. The key may not exist.
 *
 * @public
 */
export function isWellFormedSecret(text: string): boolean {
  if (!SECRET_PATTERN.test(text)) return false;
  const body = text.slice(0, -CHECKSUM_LENGTH);
  return checksumOf(body) === text.slice(-CHECKSUM_LENGTH);
}

/**
 * Returns true if a credential is meant to be an API key, so that no other handler needs to check it: a well-formed secret, or
 * any text that starts with the configured prefix.
 *
 * @public
 */
export function looksLikeSecret(text: string, prefix: string): boolean {
  return text.startsWith(`${prefix}_`) || isWellFormedSecret(text);
}

function checksumOf(body: string): string {
  let rest = crc32(body);
  let digits = '';
  for (let i = 0; i < CHECKSUM_LENGTH; i++) {
    digits = ALPHABET[rest % ALPHABET.length] + digits;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
}

function randomCharacters(length: number): string {
  // Bytes from 248 up are discarded: 256 is no multiple of 62, so they would favour the first characters.
  const limit = 256 - (256 % ALPHABET.length);
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < limit && text.length < length) {
        text += ALPHABET[byte % ALPHABET.length];
      }
    }
  }
  return text;
}
