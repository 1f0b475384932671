import { Knex } from 'knex';
import { jsonRecordset } from './jsonRecordset';
import { UsageDelta } from '../lifecycle/UsageDelta';
import { ApiKeyRow } from './rows';
import { addDailyUses } from './usage';

const COLUMNS = {
  key_id: 'varchar(36)',
  last_used_at: 'bigint',
  last_used_ip: 'varchar(45)',
  last_used_user_agent: 'varchar(255)',
  uses: 'bigint',
};

/**
 * Adds uses to their keys and to the daily usage, in one statement. Keep the number small enough not to delay changes of the same
 * keys.
 *
 * Writes the usage columns alone, so that it can undo no other change, and never moves a last use back. A flush may arrive after
 * its key was revoked, expired or transferred: the uses were accepted before, and an investigation of a leak needs them most. The
 * effects of a first use on other keys happened when it was accepted. Rows are locked in the order of their ids, so that replicas
 * that write the same keys wait for each other instead of deadlocking.
 *
 * @param uses - at most one for each key
 * @returns the owners of the keys, each once
 */
export async function applyUsage(
  tx: Knex.Transaction,
  uses: readonly UsageDelta[],
): Promise<string[]> {
  const existing: Pick<ApiKeyRow, 'id' | 'owner'>[] = await tx('api_keys')
    .select('id', 'owner')
    .whereIn(
      'id',
      uses.map(({ keyId }) => keyId),
    )
    .orderBy('id')
    .forUpdate();
  await updateKeys(tx, uses);
  const ids = new Set(existing.map(({ id }) => id));
  await addDailyUses(
    tx,
    uses.filter(({ keyId }) => ids.has(keyId)),
  );
  return [...new Set(existing.map(({ owner }) => owner))];
}

async function updateKeys(tx: Knex.Transaction, uses: readonly UsageDelta[]) {
  const isLatest = `(k.last_used_at is null or k.last_used_at < v.last_used_at)`;
  const latest = (column: string) =>
    `${column} = case when ${isLatest} then v.${column} else k.${column} end`;
  await tx.raw(
    `update api_keys as k
      set ${latest('last_used_at')},
          ${latest('last_used_ip')},
          ${latest('last_used_user_agent')},
          use_count = k.use_count + v.uses
      from ?
      where k.id = v.key_id`,
    [jsonRecordset(tx, COLUMNS, uses.map(toRow))],
  );
}

function toRow(uses: UsageDelta) {
  return {
    key_id: uses.keyId,
    last_used_at: uses.lastUsedAt,
    last_used_ip: uses.lastUsedIp,
    last_used_user_agent: uses.lastUsedUserAgent,
    uses: uses.count,
  };
}
