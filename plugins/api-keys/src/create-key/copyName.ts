import { API_KEY_NAME_MAX_LENGTH } from 'backstage-plugin-api-keys-common';

/** Matches `Deploy (Copy 2)`. The first copy has no number. */
const COPY = /^(?<stem>.+) \((?<word>\D+?)(?: (?<number>\d{1,6}))?\)$/s;

/**
 * Splits the name of a copy into the name of its original and its number. An original has the number 0.
 *
 * @param word - "Copy" in the language of the user
 */
export function splitCopyName(
  name: string,
  word: string,
): { stem: string; number: number } {
  const groups = COPY.exec(name)?.groups;
  return groups?.word === word
    ? { stem: groups.stem, number: Number(groups.number ?? 1) }
    : { stem: name, number: 0 };
}

/** Truncates a text without splitting a surrogate pair. */
function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  let short = '';
  for (const character of text) {
    if (short.length + character.length > length) break;
    short += character;
  }
  return short.trimEnd();
}

/**
 * Returns the first free name for a copy: `Deploy (Copy)`, then `Deploy (Copy 2)`.
 *
 * @param taken - names of other keys
 * @param word - "Copy" in the language of the user
 */
export function copyName(
  name: string,
  taken: readonly string[],
  word: string,
): string {
  const { stem, number } = splitCopyName(name, word);
  for (let next = number + 1; ; next++) {
    const suffix = next === 1 ? ` (${word})` : ` (${word} ${next})`;
    const room = API_KEY_NAME_MAX_LENGTH - suffix.length;
    const candidate = `${shorten(stem, room)}${suffix}`;
    if (!taken.includes(candidate)) return candidate;
  }
}
