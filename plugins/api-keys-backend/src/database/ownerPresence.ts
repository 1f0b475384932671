import { Knex } from 'knex';
import { OwnerPresenceChange } from './ApiKeyStore';
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
  await setMissingSince(tx, returned, null);
  if (!believed) return;
  await stopClocksWhileAway(tx, kind, now);
  await setMissingSince(tx, vanished, now);
}

async function setMissingSince(
  tx: Knex.Transaction,
  owners: readonly string[],
  missingSince: number | null,
) {
  for (let i = 0; i < owners.length; i += OWNERS_PER_STATEMENT) {
    await tx<OwnerRow>('api_key_owners')
      .whereIn('owner', owners.slice(i, i + OWNERS_PER_STATEMENT))
      .modify(query =>
        missingSince === null
          ? query.whereNotNull('missing_since')
          : query.whereNull('missing_since'),
      )
      .update({ missing_since: missingSince });
  }
}

/** As long as nobody knew who is in the catalog, nobody has been missing there. */
async function stopClocksWhileAway(
  tx: Knex.Transaction,
  kind: string,
  now: number,
) {
  // An upsert makes others wait on both databases.
  const [{ believed_at: last }] = await tx<LookRow>('api_key_catalog_looks')
    .insert({ kind, believed_at: now })
    .onConflict('kind')
    .merge(['kind'])
    .returning('*');
  const away = now - Number(last);
  if (away > LONGEST_BETWEEN_LOOKS) {
    await tx<OwnerRow>('api_key_owners')
      .where('owner', 'like', `${kind}:%`)
      .increment('missing_since', away);
  }
  await tx<LookRow>('api_key_catalog_looks')
    .where({ kind })
    .update({ believed_at: now });
}
