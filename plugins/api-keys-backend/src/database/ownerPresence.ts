import { Knex } from 'knex';
import { CatalogLook, OwnerPresenceChange } from './KeyOwner';
import { thisTransaction } from './ownerChanges';
import { OwnerRow } from './owners';
import { optionalNumber } from './rows';

/** Looks are taken more often than this. With a longer time between two, the catalog or this plugin was away. */
const LONGEST_BETWEEN_LOOKS = 15 * 60_000;

/** Well below what either database takes in one statement. */
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
  // Whoever vanished did so at any time since then.
  const lookedAt = believed ? await noteLook(tx, kind, now) : now;
  const away = now - lookedAt;
  const waiting = away > LONGEST_BETWEEN_LOOKS ? await missing(tx, kind) : [];
  await lockInOrder(tx, [...returned, ...vanished, ...waiting]);

  await setMissing(tx, returned, { since: null, absentSince: null });
  if (!believed) return;
  // As long as nobody knew who is in the catalog, nobody has been missing there.
  for (const owners of inBatches(waiting)) {
    await tx<OwnerRow>('api_key_owners')
      .whereIn('owner', owners)
      .increment('missing_since', away);
  }
  await setMissing(tx, vanished, { since: now, absentSince: lookedAt });
}

/** @returns when the look before this one was. An upsert makes others wait on both databases. */
async function noteLook(
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

export async function findLook(knex: Knex, kind: string): Promise<CatalogLook> {
  const row = await knex<LookRow>('api_key_catalog_looks')
    .where({ kind })
    .first();
  return {
    believedAt: row && Number(row.believed_at),
    massChangeAt: row && optionalNumber(row.mass_change_at),
  };
}

/** Of a kind that no look was believed for, there is nothing to note. */
export async function saveMassChange(
  knex: Knex,
  kind: string,
  now: number,
): Promise<void> {
  await knex<LookRow>('api_key_catalog_looks')
    .where({ kind })
    .update({ mass_change_at: now });
}

/** In the order in which a transfer locks two owners, which is not that of a database's collation. */
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
        changed_in: thisTransaction(tx),
      });
  }
}

function inBatches(owners: readonly string[]): string[][] {
  const count = Math.ceil(owners.length / OWNERS_PER_STATEMENT);
  return Array.from({ length: count }, (_, i) =>
    owners.slice(i * OWNERS_PER_STATEMENT, (i + 1) * OWNERS_PER_STATEMENT),
  );
}
