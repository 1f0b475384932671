import { Knex } from 'knex';
import { OwnerPresenceChange } from './KeyOwner';
import { thisTransaction } from './ownerChanges';
import { OwnerRow } from './owners';

/** Looks are taken more often than this. With a longer time between two, the catalog or this plugin was away. */
const LONGEST_BETWEEN_LOOKS = 15 * 60_000;

/** Well below what either database takes in one statement. */
const OWNERS_PER_STATEMENT = 500;

/** A row of `api_key_catalog_looks`. PostgreSQL returns 64-bit integers as text. */
type LookRow = { kind: string; believed_at: number | string };

export async function saveOwnerPresence(
  tx: Knex.Transaction,
  { kind, returned, vanished, believed }: OwnerPresenceChange,
  now: number,
): Promise<void> {
  const away = believed ? await timeSinceLook(tx, kind, now) : 0;
  const waiting = away > LONGEST_BETWEEN_LOOKS ? await missing(tx, kind) : [];
  await lockInOrder(tx, [...returned, ...vanished, ...waiting]);

  await setMissingSince(tx, returned, null);
  if (!believed) return;
  // As long as nobody knew who is in the catalog, nobody has been missing there.
  for (const owners of inBatches(waiting)) {
    await tx<OwnerRow>('api_key_owners')
      .whereIn('owner', owners)
      .increment('missing_since', away);
  }
  await setMissingSince(tx, vanished, now);
}

/** And this is the last look from now on. An upsert makes others wait on both databases. */
async function timeSinceLook(
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
  return now - Number(last);
}

async function missing(tx: Knex.Transaction, kind: string): Promise<string[]> {
  return tx<OwnerRow>('api_key_owners')
    .where('owner', 'like', `${kind}:%`)
    .whereNotNull('missing_since')
    .pluck('owner');
}

/** In the order in which a transfer locks two owners, which is not that of a database's collation. */
async function lockInOrder(tx: Knex.Transaction, owners: readonly string[]) {
  for (const owner of [...owners].sort()) {
    await tx<OwnerRow>('api_key_owners').where({ owner }).forUpdate();
  }
}

async function setMissingSince(
  tx: Knex.Transaction,
  owners: readonly string[],
  missingSince: number | null,
) {
  for (const batch of inBatches(owners)) {
    await tx<OwnerRow>('api_key_owners')
      .whereIn('owner', batch)
      .modify(query =>
        missingSince === null
          ? query.whereNotNull('missing_since')
          : query.whereNull('missing_since'),
      )
      .update({
        missing_since: missingSince,
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
