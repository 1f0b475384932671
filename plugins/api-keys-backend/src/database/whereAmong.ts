import { Knex } from 'knex';

const NAME = 'some_rows';

/**
 * Limits a statement that changes rows to those that a query with a limit finds, by its selected columns. The query runs once: as
 * a plain subquery, PostgreSQL may run it again for each row, and find others once the first are locked or gone.
 */
export function whereAmong<T extends Knex.QueryBuilder>(
  change: T,
  columns: readonly string[],
  rows: Knex.QueryBuilder,
): T {
  change
    .withMaterialized(NAME, rows)
    .whereIn([...columns], (found: Knex.QueryBuilder) =>
      found.select(...columns).from(NAME),
    );
  return change;
}
