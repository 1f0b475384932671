import {
  hasChecksum,
  isBase62,
  isDigit,
  isLowerCaseLetter,
  PREFIX_MAX_LENGTH,
  PREFIX_MIN_LENGTH,
  TAIL_LENGTH,
} from './form';

/** The place of a secret in a text, percent-encoded or not. */
export type SecretLocation = { start: number; end: number; secret: string };

const SHORTEST_SECRET = PREFIX_MIN_LENGTH + 1 + TAIL_LENGTH;

/**
 * Yields the secrets in a text, in the order of their places. Takes time linear in the length of the text, and next to
 * none for a text without underscore and percent sign.
 */
export function* locateSecrets(text: string): Generator<SecretLocation> {
  if (text.length < SHORTEST_SECRET) return;
  const plain = [...locatePlain(text)];
  // Both are looked through: taking `%ab` of `%abc_…` for an encoded character would hide the start of a prefix.
  const encoded = text.includes('%') ? locateEncoded(text) : [];
  let end = 0;
  for (const location of [...plain, ...encoded].sort(byStart)) {
    if (location.start >= end) {
      yield location;
      end = location.end;
    }
  }
}

function* locatePlain(text: string): Generator<SecretLocation> {
  let underscore = text.indexOf('_');
  while (underscore >= 0) {
    const end = underscore + 1 + TAIL_LENGTH;
    if (isTail(text, underscore + 1, end)) {
      const start = startOf(text, underscore, end);
      if (start !== undefined) {
        yield { start, end, secret: text.slice(start, end) };
      }
    }
    underscore = text.indexOf('_', underscore + 1);
  }
}

function isTail(text: string, start: number, end: number): boolean {
  if (end > text.length) return false;
  for (let i = start; i < end; i++) {
    if (!isBase62(text.charCodeAt(i))) return false;
  }
  return true;
}

/**
 * Returns where the prefix starts. What stands before a prefix may look like a part of it (`\nbsk_…` in escaped text),
 * so that the checksum alone says which start is right.
 */
function startOf(text: string, underscore: number, end: number) {
  const first = Math.max(0, underscore - PREFIX_MAX_LENGTH);
  for (let start = underscore - 1; start >= first; start--) {
    const code = text.charCodeAt(start);
    if (!isLowerCaseLetter(code) && !isDigit(code)) return undefined;
    if (
      underscore - start >= PREFIX_MIN_LENGTH &&
      isLowerCaseLetter(code) &&
      hasChecksum(text.slice(start, end))
    ) {
      return start;
    }
  }
  return undefined;
}

/** Yields the secrets in a text of which characters are percent-encoded, at their places in the encoded text. */
function* locateEncoded(text: string): Generator<SecretLocation> {
  const positions: number[] = [];
  const decoded = text.replace(
    /%([0-7][0-9A-Fa-f])/g,
    (_, hex: string, offset: number) => {
      positions.push(offset - 2 * positions.length);
      return String.fromCharCode(Number.parseInt(hex, 16));
    },
  );
  const encodedOffset = (offset: number) =>
    offset + 2 * positions.filter(position => position < offset).length;
  for (const { start, end, secret } of locatePlain(decoded)) {
    yield { start: encodedOffset(start), end: encodedOffset(end), secret };
  }
}

function byStart(a: SecretLocation, b: SecretLocation): number {
  return a.start - b.start;
}
