import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/*
 * <prefix>_<43 random characters><6 checksum characters>, all base62.
 *
 * The form follows GitHub's token formats (https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/):
 * a prefix that scanners can look for, an underscore so that a double click selects the whole, and a checksum so that
 * typos and random probes are turned away without asking the database. Secrets in the wild carry this form: it must
 * stay readable for as long as keys made with it may live.
 *
 * `secrets/form.ts` of backstage-plugin-api-keys-common has it, too, for browsers and for texts with secrets in them. This
 * file cannot import it, since services outside load it without Backstage; findSecrets.test.ts holds both to each other.
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
 * The prefix that secrets start with unless `apiKeys.secret.prefix` says otherwise.
 *
 * @public
 */
export const DEFAULT_SECRET_PREFIX = 'bsk';

/**
 * Whether a text may be used as the prefix of secrets: 2 to 12 lower case letters and digits, a letter first.
 *
 * @public
 */
export function isValidSecretPrefix(prefix: string): boolean {
  return PREFIX_PATTERN.test(prefix);
}

/**
 * Makes a new secret from the system's cryptographic random source.
 *
 * @param prefix - a prefix that {@link isValidSecretPrefix} accepts
 * @public
 */
export function generateSecret(prefix: string): string {
  const body = `${prefix}_${randomCharacters(RANDOM_LENGTH)}`;
  return body + checksumOf(body);
}

/**
 * What whoever presents a secret that is not well formed is told.
 *
 * @public
 */
export const MALFORMED_SECRET_REASON = 'The API key is mistyped or cut off';

/**
 * Whether a text has the form of a secret with the right checksum, whatever its prefix: keys outlive a change of
 * `apiKeys.secret.prefix`. Says nothing about whether such a key exists.
 *
 * @public
 */
export function isWellFormedSecret(text: string): boolean {
  if (!SECRET_PATTERN.test(text)) return false;
  const body = text.slice(0, -CHECKSUM_LENGTH);
  return checksumOf(body) === text.slice(-CHECKSUM_LENGTH);
}

/**
 * Whether a credential is meant to be an API key, so that nothing else needs to look at it: a well-formed secret, or
 * anything that starts with the configured prefix.
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
  // Bytes from 248 up are thrown away: 256 is no multiple of 62, and keeping them would favour the first characters.
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
