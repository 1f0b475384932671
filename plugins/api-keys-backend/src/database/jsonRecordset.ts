import { Knex } from 'knex';
import { isPostgres } from './dialect';

/**
 * Passes rows as a table to select from, in one parameter: thousands of parameters take both sides several times as long.
 *
 * @param columns - with their types
 */
export function jsonRecordset<Column extends string>(
  knex: Knex,
  columns: Record<Column, string>,
  rows: readonly Record<Column, unknown>[],
): Knex.Raw {
  const names = Object.keys(columns) as Column[];
  const json = JSON.stringify(rows);
  if (isPostgres(knex)) {
    const typed = names.map(name => `${name} ${columns[name]}`);
    return knex.raw(
      `json_to_recordset(cast(? as json)) as v (${typed.join(', ')})`,
      [json],
    );
  }
  const extracted = names.map(
    name => `json_extract(value, '$.${name}') as ${name}`,
  );
  return knex.raw(
    `(select ${extracted.join(', ')} from json_each(cast(? as text))) as v`,
    [json],
  );
}
