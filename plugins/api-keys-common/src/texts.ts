/**
 * Folds a text for searching: texts that differ only in case, in their Unicode form or in invisible characters become the same
 * one. Goes further than the case folding of Unicode in that `ß` is `ss`, and `İ` and `ı` are `i`, as people type them.
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
