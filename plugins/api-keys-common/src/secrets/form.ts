/*
 * The form of secrets, `<prefix>_<43 random characters><6 checksum characters>`, for browsers and backends alike.
 * `secret/format.ts` of backstage-plugin-api-keys-node makes them, and has the form a second time: services outside of
 * Backstage load it without this package. A test there holds both to each other.
 */
const ALPHABET =
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM_LENGTH = 6;

export const PREFIX_MIN_LENGTH = 2;
export const PREFIX_MAX_LENGTH = 12;
/** Random part and checksum. */
export const TAIL_LENGTH = 43 + CHECKSUM_LENGTH;

/** CRC-32 of each byte (IEEE 802.3, as in zlib), for what browsers do not have. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) {
    crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return crc;
});

/** Returns whether the last characters of an ASCII text are the checksum of those before them. */
export function hasChecksum(text: string): boolean {
  const bodyLength = text.length - CHECKSUM_LENGTH;
  let rest = crc32(text, bodyLength);
  for (let i = text.length - 1; i >= bodyLength; i--) {
    if (text[i] !== ALPHABET[rest % ALPHABET.length]) return false;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return true;
}

function crc32(text: string, length: number): number {
  let crc = 0xffffffff;
  for (let i = 0; i < length; i++) {
    crc = CRC_TABLE[(crc ^ text.charCodeAt(i)) & 0xff] ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

export function isLowerCaseLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isBase62(code: number): boolean {
  return isDigit(code) || (code >= 65 && code <= 90) || isLowerCaseLetter(code);
}
