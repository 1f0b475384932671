import { API_KEY_TOTAL_MAX } from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';

/** Counts the rows of a query up to the maximum that a list reports: counting a million rows takes longer than reading a page. */
export async function countCapped(
  knex: Knex,
  matching: Knex.QueryBuilder,
): Promise<{ totalItems: number; totalIsCapped: boolean }> {
  const found = matching
    .clone()
    .select(knex.raw('1'))
    .limit(API_KEY_TOTAL_MAX + 1);
  const [{ count }] = await knex.from(found.as('found')).count({ count: '*' });
  return {
    totalItems: Math.min(Number(count), API_KEY_TOTAL_MAX),
    totalIsCapped: Number(count) > API_KEY_TOTAL_MAX,
  };
}
