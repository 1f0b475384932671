/** Begins a cell: a field, a line inside of one, or what a spreadsheet takes for a cell where its separator is `;` or a tab. */
const CELL_START = String.raw`^|[\r\n;\t]`;

/** Skipped by spreadsheets before they look for a formula. Apostrophes count, so that the escape can be taken back. */
const SKIPPED = String.raw`[\p{Zs}\p{Cf}']*`;

/** Begins a formula. The wide forms are what Excel and Numbers read as `=`, `+`, `-` and `@`. */
const FORMULA = String.raw`[=+\-@\t\r＝＋－＠]`;

// Looks behind, so that a character can end one cell start and be the next.
const UNESCAPED = new RegExp(
  `(?<=${CELL_START})(?=${SKIPPED}${FORMULA})`,
  'gu',
);

/**
 * Puts an apostrophe before each text that a spreadsheet would compute as a formula (OWASP, “CSV Injection”).
 *
 * Lines inside a field count too: programs that do not know quoted line breaks, or another separator, read them as cells.
 */
export function escapeFormulas(text: string): string {
  return text.replace(UNESCAPED, "'");
}
