import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Response } from 'express';
import { escapeFormulas } from './escapeFormulas';

/**
 * Answers with rows as they come, below a line of headings: however many there are, memory stays where it is. The format is that
 * of RFC 4180.
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
      // Without it, Excel reads UTF-8 as the code page of the machine.
      bom: true,
      record_delimiter: 'windows',
      // The library quotes for a whole record delimiter alone, and readers end rows at either character.
      quoted_match: /[\r\n]/,
      cast: { string: escapeFormulas },
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
