import { PassThrough } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { TestDatabases } from '@backstage/backend-test-utils';
import { parse } from 'csv-parse/sync';
import type { Response } from 'express';
import fc from 'fast-check';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { aKey } from '../__testUtils__/keys';
import { readCsv, readCsvRows } from '../__testUtils__/readCsv';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { onlyGraceAdministers } from '../__testUtils__/testPolicy';
import { toRow } from '../database/rows';
import { escapeFormulas } from './escapeFormulas';
import { sendCsv } from './sendCsv';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

type Row = { one: string; other: string };

async function csvOf(rows: Row[]): Promise<string> {
  const res = Object.assign(new PassThrough(), {
    setHeader: () => {},
    flushHeaders: () => {},
  });
  const [csv] = await Promise.all([
    textOf(res),
    sendCsv(res as unknown as Response, {
      filename: 'test.csv',
      columns: ['one', 'other'],
      rows: (async function* each() {
        yield* rows;
      })(),
    }),
  ]);
  return csv;
}

/** Texts of characters that CSV, spreadsheets and Unicode treat specially, in any order. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        ...['=', '+', '-', '@', '\t', '\r', '\n', '\r\n', ';', ',', '"', "'"],
        ...[
          '＝',
          '＋',
          '－',
          '＠',
          ' ',
          '\u00a0',
          '\ufeff',
          '\u200b',
          'ä',
          '1',
        ],
      ),
    )
    .map(parts => parts.join('')),
);
const anyRow = fc.record({ one: anyText, other: anyText });

describe('a CSV', () => {
  it('returns every text to a standard parser, without the documented apostrophes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { minLength: 1 }), async rows => {
        expect(readCsv(await csvOf(rows))).toEqual(rows);
      }),
    );
  });

  it('has the same rows for programs that end rows at a lone CR or LF', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow), async rows => {
        const csv = await csvOf(rows);
        const lenient = { bom: true, record_delimiter: ['\r\n', '\n', '\r'] };
        expect(parse(csv, lenient)).toEqual(readCsvRows(csv));
      }),
    );
  });

  it('has no cell, and no line of one, that begins like a formula', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow), async rows => {
        for (const cell of readCsvRows(await csvOf(rows)).flat()) {
          for (const part of cell.split(/[\r\n;\t]/)) {
            expect(part).not.toMatch(/^[\p{Zs}\p{Cf}]*[=+\-@＝＋－＠]/u);
          }
        }
      }),
    );
  });
});

describe('escapeFormulas', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['deploy\n=1+1', "deploy\n'=1+1"],
    ['deploy\r=1+1', "deploy\r'=1+1"],
    ['deploy\r\n=1+1', "deploy\r\n'=1+1"],
    ['＝1＋1', "'＝1＋1"],
    ['\t=1', "'\t'=1"],
    [' =1', "' =1"],
    ["'=1", "''=1"],
    ['a;=1', "a;'=1"],
    ['1-1=0', '1-1=0'],
    ['a = b', 'a = b'],
  ])('makes %j to %j', (text, escaped) => {
    expect(escapeFormulas(text)).toBe(escaped);
  });
});

describe.each(databases.eachSupportedId())('the CSV on %s', databaseId => {
  let knex: Knex;
  let portal: TestPortal;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    portal = await startTestPortal({ knex });
    portal.policy.current = onlyGraceAdministers;
  });

  afterAll(() => portal.stop());

  it('of the inventory has one row for a key with a formula in the second line of its description', async () => {
    const description = 'Schlüssel für Köln\n=HYPERLINK("https://evil")\r+1';
    await knex('api_keys').insert(
      toRow(aKey({ name: 'Prüfung', description }), randomUUID()),
    );
    const grace = await portal.signIn('grace');
    const { text } = await portal
      .call('get', '/api/api-keys/v1/admin/keys.csv', grace)
      .expect(200)
      .expect('Content-Type', 'text/csv; charset=utf-8');
    expect(text.startsWith('\ufeffid,name,')).toBe(true);
    expect(text).toContain(
      `"Schlüssel für Köln\n'=HYPERLINK(""https://evil"")\r'+1"`,
    );
    expect(readCsv(text)).toMatchObject([{ name: 'Prüfung', description }]);
  });
});
