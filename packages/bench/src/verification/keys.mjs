import { createHash, randomUUID } from 'node:crypto';
import { load } from '../backstage.mjs';
import { BOUNDS } from '../inventory/generateKeys.mjs';

const { generateSecret } = load('backstage-plugin-api-keys-node/internal');

const DAY = 24 * 60 * 60 * 1000;
const KEYS_PER_OWNER = 100;
/** SQLite accepts no more in one statement. */
const CHUNK = 500;

/** Accepted keys: `{ id, secret }`. */
export function makeKeys(count) {
  return Array.from({ length: count }, () => ({
    id: randomUUID(),
    secret: generateSecret('bsk'),
  }));
}

/** @param knex - of the plugin's database */
export async function insertKeys(knex, keys) {
  const now = Date.now();
  const owners = Math.ceil(keys.length / KEYS_PER_OWNER);
  const ownerRows = Array.from({ length: owners }, (_, n) => ({
    owner: ownerRef(n),
    // The plugin finds these keys within its policy.
    bounds: JSON.stringify(BOUNDS),
  }));
  await knex.batchInsert('api_key_owners', ownerRows, CHUNK);
  const rows = keys.map((key, i) => rowOf(key, ownerRef(i % owners), now));
  await knex.batchInsert('api_keys', rows, CHUNK);
}

function ownerRef(n) {
  return `user:default/bench-${n}`;
}

function rowOf({ id, secret }, owner, now) {
  const hint = secret.slice(-4);
  const name = `deploy-${id.slice(0, 8)}`;
  return {
    id,
    secret_digest: createHash('sha256').update(secret).digest('hex'),
    hint,
    name,
    search_text: `${name}\n\n...${hint.toLowerCase()}`,
    sort_name: name,
    owner,
    subject: owner,
    created_by: owner,
    created_at: now - DAY,
    expires_at: now + 300 * DAY,
    requested_expires_at: now + 300 * DAY,
    family_id: id,
  };
}

/** Adds keys with unknown secrets; PostgreSQL only. */
export async function fillUp(knex, count) {
  await knex.raw(
    `insert into api_keys (id, secret_digest, hint, name, search_text, sort_name, owner, subject, created_by, created_at, expires_at,
        requested_expires_at, family_id)
      select id, encode(sha256(id::bytea), 'hex'), left(id, 4), 'backup-' || left(id, 8), 'backup-' || left(id, 8),
        'backup-' || left(id, 8), owner, owner,
        owner, ?, ?, ?, id
      from (
        select gen_random_uuid()::text as id, 'user:default/bench-' || (n % 1000) as owner from generate_series(1, ?::int) as n
      ) as numbered`,
    [Date.now() - DAY, Date.now() + 300 * DAY, Date.now() + 300 * DAY, count],
  );
}
