import { Knex } from 'knex';
import { JudgedKey } from '../lifecycle/ApiKeyRecord';
import { isPostgres } from './jsonRows';
import { READ_TIMEOUT } from './readTimeout';
import { fromJudgedRow, JUDGED_COLUMNS, JudgedRow } from './rows';

const SELECT = `
  select ${JUDGED_COLUMNS.join(', ')},
         (select missing_since from api_key_owners as o where o.owner = api_keys.owner) as owner_missing_since
  from api_keys`;

/**
 * The key with one of these digests, as far as it has to be known to judge it. Uses that wait to be added to it are not looked
 * at, so that it may seem to be unused for longer than it was.
 *
 * As text, and with few columns: to build the query takes as long as to run it, and the first request with each key waits for it.
 */
export async function findJudgedKey(
  knex: Knex,
  digests: readonly string[],
): Promise<JudgedKey | undefined> {
  const places = digests.map(() => '?').join(', ');
  const found = await knex
    .raw(`${SELECT} where secret_digest in (${places})`, [...digests])
    .timeout(READ_TIMEOUT);
  const rows: JudgedRow[] = isPostgres(knex) ? found.rows : found;
  return rows.length > 0 ? fromJudgedRow(rows[0]) : undefined;
}
