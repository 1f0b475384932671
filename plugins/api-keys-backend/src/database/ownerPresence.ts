import { Knex } from 'knex';
import { CatalogCheck, OwnerPresenceChange } from '../lifecycle/KeyOwner';
import { currentTransactionId } from './ownerChanges';
import { OwnerRow } from './owners';
import { optionalNumber } from './rows';

/** Longest regular time between looks. After a longer time, the catalog or this plugin was unavailable. */
const LONGEST_BETWEEN_LOOKS = 15 * 60_000;

/** Well below the limit of either database for one statement. */
const OWNERS_PER_STATEMENT = 500;

/** A row of `api_key_catalog_looks`. PostgreSQL returns 64-bit integers as text. */
type LookRow = {
  kind: string;
  believed_at: number | string;
  mass_change_at: number | string | null;
};

export async function saveOwnerPresence(
  tx: Knex.Transaction,
  { kind, returned, vanished, believed }: OwnerPresenceChange,
  now: number,
): Promise<void> {
  // Missing owners may have vanished at any time since the last look.
  const lookedAt = believed ? await recordCatalogCheck(tx, kind, now) : now;
  const away = now - lookedAt;
  const waiting = away > LONGEST_BETWEEN_LOOKS ? await missing(tx, kind) : [];
  await lockInOrder(tx, [...returned, ...vanished, ...waiting]);

  await setMissing(tx, returned, { since: null, absentSince: null });
  if (!believed) return;
  // Time without a successful look does not count as missing.
  for (const owners of inBatches(waiting)) {
    await tx<OwnerRow>('api_key_owners')
      .whereIn('owner', owners)
      .increment('missing_since', away);
  }
  await setMissing(tx, vanished, { since: now, absentSince: lookedAt });
}

/**
 * Upserts, which makes concurrent transactions wait on both databases.
 *
 * @returns the time of the previous look
 */
async function recordCatalogCheck(
  tx: Knex.Transaction,
  kind: string,
  now: number,
): Promise<number> {
  const [{ believed_at: last }] = await tx<LookRow>('api_key_catalog_looks')
    .insert({ kind, believed_at: now })
    .onConflict('kind')
    .merge(['kind'])
    .returning('*');
  await tx<LookRow>('api_key_catalog_looks')
    .where({ kind })
    .update({ believed_at: now });
  return Number(last);
}

async function missing(tx: Knex.Transaction, kind: string): Promise<string[]> {
  return tx<OwnerRow>('api_key_owners')
    .where('owner', 'like', `${kind}:%`)
    .whereNotNull('missing_since')
    .pluck('owner');
}

export async function findCatalogCheck(
  knex: Knex,
  kind: string,
): Promise<CatalogCheck> {
  const row = await knex<LookRow>('api_key_catalog_looks')
    .where({ kind })
    .first();
  return {
    believedAt: row && Number(row.believed_at),
    massChangeAt: row && optionalNumber(row.mass_change_at),
  };
}

/** Does nothing for a kind of owners that no look has succeeded for. */
export async function saveMassChange(
  knex: Knex,
  kind: string,
  now: number,
): Promise<void> {
  await knex<LookRow>('api_key_catalog_looks')
    .where({ kind })
    .update({ mass_change_at: now });
}

/** Locks in the order of a transfer, which is not the database's collation. */
async function lockInOrder(tx: Knex.Transaction, owners: readonly string[]) {
  for (const owner of [...owners].sort()) {
    await tx<OwnerRow>('api_key_owners').where({ owner }).forUpdate();
  }
}

async function setMissing(
  tx: Knex.Transaction,
  owners: readonly string[],
  { since, absentSince }: Record<'since' | 'absentSince', number | null>,
) {
  for (const batch of inBatches(owners)) {
    await tx<OwnerRow>('api_key_owners')
      .whereIn('owner', batch)
      .modify(query =>
        since === null
          ? query.whereNotNull('missing_since')
          : query.whereNull('missing_since'),
      )
      .update({
        missing_since: since,
        absent_since: absentSince,
        changed_in: currentTransactionId(tx),
      });
  }
}

function inBatches(owners: readonly string[]): string[][] {
  const count = Math.ceil(owners.length / OWNERS_PER_STATEMENT);
  return Array.from({ length: count }, (_, i) =>
    owners.slice(i * OWNERS_PER_STATEMENT, (i + 1) * OWNERS_PER_STATEMENT),
  );
}
