import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Response } from 'express';
import { escapeFormulas } from './escapeFormulas';

/**
 * Streams rows as CSV (RFC 4180) below a header line, so that memory stays constant whatever their number.
 *
 * Sends nothing before the first row, so that an earlier failure is answered with an error. A later failure ends the connection
 * in the middle of the answer: a truncated file must not look complete.
 */
export async function sendCsv<Row extends object>(
  res: Response,
  options: {
    filename: string;
    /** Columns, in this order. */
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
      // Without it, Excel reads UTF-8 in the code page of the machine.
      bom: true,
      record_delimiter: 'windows',
      // The library only quotes a complete record delimiter, but readers end rows at either character.
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
