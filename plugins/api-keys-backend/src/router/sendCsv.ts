import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Response } from 'express';

/** Answers with rows as they come, below a line of headings: however many there are, memory stays where it is. */
export async function sendCsv<Row extends object>(
  res: Response,
  options: {
    filename: string;
    /** In this order. */
    columns: readonly (keyof Row & string)[];
    rows: AsyncIterable<Row>;
  },
): Promise<void> {
  const { filename, columns, rows } = options;
  res.setHeader('Content-Type', 'text/csv; charset=utf-8');
  res.setHeader('Content-Disposition', `attachment; filename="${filename}"`);
  await pipeline(
    rows,
    stringify({
      header: true,
      columns: [...columns],
      record_delimiter: 'windows',
      // Names are typed by users; a spreadsheet must not compute them.
      escape_formulas: true,
    }),
    res,
  );
}
