import { Knex } from 'knex';
import { ApiKeyRow } from './rows';
import { whereStatus } from './statusPredicate';

/** How many active keys an owner has: rotated ones that still work are not among them, or nobody could rotate at the limit. */
export async function countActive(
  knex: Knex,
  owner: string,
  now: number,
): Promise<number> {
  const query = knex<ApiKeyRow>('api_keys').where({ owner });
  whereStatus(query, ['active'], now);
  const [{ count }] = await query.count({ count: '*' });
  return Number(count);
}
