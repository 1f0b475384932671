import { parse } from 'csv-parse/sync';

const ESCAPED = /(?<=^|[\r\n;\t])'(?=[\p{Zs}\p{Cf}']*[=+\-@\t\r＝＋－＠])/gu;

/** Removes the apostrophes that `docs/admin.md` describes. */
export function withoutApostrophes(cell: string): string {
  return cell.replace(ESCAPED, '');
}

/** Returns the cells of a CSV, row by row, as a standard parser reads them. */
export function readCsvRows(csv: string): string[][] {
  return parse(csv, { bom: true, record_delimiter: '\r\n' });
}

/** Returns the rows of a CSV as records by column name, without the apostrophes before formulas. */
export function readCsv(csv: string): Record<string, string>[] {
  const [heading, ...rows] = readCsvRows(csv);
  return rows.map(cells =>
    Object.fromEntries(
      heading.map((name, i) => [name, withoutApostrophes(cells[i])]),
    ),
  );
}
