/**
 * Folds a text for searching: texts that differ only in case, in their Unicode form, in blanks and line breaks or in invisible characters
 * become the same one. Goes further than the case folding of Unicode in that `ß` is `ss`, and `İ` and `ı` are `i`, as people type them.
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
      // JavaScript writes a sigma by its place in the word, and a part of it has another end.
      .replace(/ς/g, 'σ')
      .normalize('NFKC')
      .replace(/i\u0307/g, 'i')
      .replace(/[\p{Z}\p{Cc}]+/gu, ' ')
      .trim()
  );
}

/**
 * Whether a folded text holds what somebody searches for.
 *
 * @public
 */
export function matchesText(text: string, searched: string): boolean {
  return foldText(text).includes(foldText(searched));
}

/** Line breaks and tabs are characters of texts with several lines. */
const DISORDER = /[\p{Bidi_Control}\p{Zl}\p{Zp}]|(?![\n\r\t])\p{Cc}/gu;

/** Letters of scripts that are written from right to left. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Makes a text fit to be shown: characters that control the output or reorder the text beside it become `U+FFFD`. They are
 * refused today, and older keys and texts from outside may hold them.
 *
 * @public
 */
export function displayText(text: string): string {
  return text.replace(DISORDER, '\ufffd');
}

/**
 * Makes a text fit to stand inside a sentence, where one from right to left does not move what follows. In elements of their
 * own, texts are isolated by `<bdi>`.
 *
 * @public
 */
export function isolateText(text: string): string {
  const shown = displayText(text);
  return RIGHT_TO_LEFT.test(shown) ? `\u2068${shown}\u2069` : shown;
}
