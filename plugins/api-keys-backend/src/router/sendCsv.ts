import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Response } from 'express';

/**
 * Answers with rows as they come, below a line of headings: however many there are, memory stays where it is.
 *
 * Nothing is sent before there is a first row, so that what fails until then is answered with an error. What fails later ends the
 * connection in the middle of the answer: a file that breaks off must not pass for a whole one.
 */
export async function sendCsv<Row extends object>(
  res: Response,
  options: {
    filename: string;
    /** In this order. */
    columns: readonly (keyof Row & string)[];
    rows: AsyncIterable<Row>;
  },
): Promise<void> {
  const { filename, columns } = options;
  const rows = options.rows[Symbol.asyncIterator]();
  const first = await rows.next();
  res.setHeader('Content-Type', 'text/csv; charset=utf-8');
  res.setHeader('Content-Disposition', `attachment; filename="${filename}"`);
  res.flushHeaders();
  await pipeline(
    startingWith(first, rows),
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

async function* startingWith<T>(
  first: IteratorResult<T>,
  others: AsyncIterator<T>,
): AsyncGenerator<T> {
  try {
    for (let next = first; !next.done; next = await others.next()) {
      yield next.value;
    }
  } finally {
    await others.return?.();
  }
}
