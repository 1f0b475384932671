/** Matches the start of a cell: of a field, of a line in it, or of what a spreadsheet with the separator `;` or tab reads as a cell. */
const CELL_START = String.raw`^|[\r\n;\t]`;

/** Matches characters that spreadsheets skip before a formula. Apostrophes count, so that the escape can be reversed. */
const SKIPPED = String.raw`[\p{Zs}\p{Cf}']*`;

/** Matches the start of a formula. Excel and Numbers read the wide forms as `=`, `+`, `-` and `@`. */
const FORMULA = String.raw`[=+\-@\t\r＝＋－＠]`;

// Uses lookbehind, so that one character can both end the start of a cell and begin the next cell.
const UNESCAPED = new RegExp(
  `(?<=${CELL_START})(?=${SKIPPED}${FORMULA})`,
  'gu',
);

/**
 * Puts an apostrophe before each text that a spreadsheet would evaluate as a formula (OWASP, “CSV Injection”).
 *
 * Lines inside a field count as well: programs that do not support quoted line breaks, or use another separator, read them as
 * cells.
 */
export function escapeFormulas(text: string): string {
  return text.replace(UNESCAPED, "'");
}
