/**
 * Folds a text for searching: texts that differ only in case, Unicode form, white space or invisible characters become equal.
 * Goes further than the case folding of Unicode in that `ß` is `ss`, and `İ` and `ı` are `i`, as people type them.
 *
 * @public
 */
export function foldText(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
      // First to lower case, where `ẞ` is `ß`, and then to upper case and back, where `ß` is `ss`.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      // JavaScript lower-cases a sigma by its position in the word, so part of a word would not match.
      .replace(/ς/g, 'σ')
      .normalize('NFKC')
      .replace(/i\u0307/g, 'i')
      .replace(/[\p{Z}\p{Cc}]+/gu, ' ')
      .trim()
  );
}

/**
 * Returns true if a text contains the searched text, after folding.
 *
 * @public
 */
export function matchesText(text: string, searched: string): boolean {
  return foldText(text).includes(foldText(searched));
}

/** Allows line breaks and tabs, which texts with several lines contain. */
const DISORDER = /[\p{Bidi_Control}\p{Zl}\p{Zp}]|(?![\n\r\t])\p{Cc}/gu;

/** Letters of right-to-left scripts. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Makes a text safe to display: replaces characters that control the output or reorder adjacent text with `U+FFFD`. New keys
 * cannot contain them; older keys and texts from other systems may.
 *
 * @public
 */
export function displayText(text: string): string {
  return text.replace(DISORDER, '\ufffd');
}

/**
 * Makes a text safe to use inside a sentence: a right-to-left text does not reorder the words after it. In elements of their
 * own, `<bdi>` isolates texts.
 *
 * @public
 */
export function isolateText(text: string): string {
  const shown = displayText(text);
  return RIGHT_TO_LEFT.test(shown) ? `\u2068${shown}\u2069` : shown;
}
