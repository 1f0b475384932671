import { Knex } from 'knex';
import { ApiKeyRow } from './rows';
import { whereStatus } from './statusPredicate';

/**
 * Counts the active keys of an owner. Rotated keys within their overlap do not count, so that an owner at the limit can rotate.
 */
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
