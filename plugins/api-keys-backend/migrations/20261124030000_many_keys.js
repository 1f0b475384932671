// @ts-check

/*
 * What lists and the summary of a million keys need to be quick, measured in docs/performance.md. The expressions are the very
 * ones of src/database/paging.ts and statusPredicate.ts.
 */
const LAST = Number.MAX_SAFE_INTEGER;
const LAST_USED = `coalesce(last_used_at, ${LAST})`;

const INDEXES = {
  api_keys_name_idx: `(lower(name), id)`,
  // All keys that were ever rotated are many; those of which the old secret still works are at the end.
  api_keys_overlap_idx: `(overlap_ends_at) where overlap_ends_at is not null and revoked_at is null`,
};
const INDEXES_ON_POSTGRES = {
  // The latest of them were used, so that those that went inactive are far behind.
  api_keys_inactivity_idx: `(created_at) include (
    expires_at, overlap_ends_at, inactivity_timeout, last_used_at, kept_alive_at)
    where inactivity_timeout is not null and revoked_at is null`,
};

/** In place of indexes of the same names. */
const WIDER_INDEXES = {
  // Those longest unused are dead for the most part, and the index alone tells.
  api_keys_last_used_at_asc_idx: `((${LAST_USED}), id, (coalesce(expires_at, ${LAST})), revoked_at)`,
};
const WIDER_INDEXES_ON_POSTGRES = {
  // Tells the status of every key, so that counting and skipping keys need not read the table.
  api_keys_created_at_idx: `(created_at) include (
    expires_at, revoked_at, overlap_ends_at, inactivity_timeout, last_used_at, kept_alive_at)`,
};
const REPLACED_INDEXES = {
  api_keys_last_used_at_asc_idx: `((${LAST_USED}), id)`,
  api_keys_created_at_idx: `(created_at, id)`,
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await createIndexes(knex, INDEXES);
  await replaceIndexes(knex, WIDER_INDEXES);
  if (!isPostgres(knex)) return;

  await createIndexes(knex, INDEXES_ON_POSTGRES);
  await replaceIndexes(knex, WIDER_INDEXES_ON_POSTGRES);
  // An index tells only of pages that were vacuumed since they changed, and using keys changes them.
  await knex.schema.raw(
    'alter table api_keys set (autovacuum_vacuum_scale_factor = 0.02)',
  );
  // Or a million keys would be taken to expire on nearly as many days, and be sorted to be counted.
  await knex.schema.raw(
    'create statistics api_keys_expiry_day on (expires_at / 86400000) from api_keys',
  );
  await makeSearchable(knex);
  await knex.schema.raw('analyze api_keys');
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  if (isPostgres(knex)) {
    // Others may have come to use the extension.
    await knex.schema.raw('drop index if exists api_keys_search_text_idx');
    await dropIndexes(knex, INDEXES_ON_POSTGRES);
    await knex.schema.raw('drop statistics api_keys_expiry_day');
    await knex.schema.raw(
      'alter table api_keys reset (autovacuum_vacuum_scale_factor)',
    );
  }
  await dropIndexes(knex, INDEXES);
  await replaceIndexes(knex, REPLACED_INDEXES);
};

/**
 * Searches by trigrams where the database lets us. Where it does not, because the extension is not installed or not ours to
 * create, every search looks at all keys, as before.
 *
 * @param {import('knex').Knex} knex
 */
async function makeSearchable(knex) {
  try {
    // Undoes what failed alone, not the migration around it.
    await knex.transaction(async tx => {
      await tx.raw('create extension if not exists pg_trgm');
      const { rows } = await tx.raw(
        `select quote_ident(nspname) as schema from pg_extension
          join pg_namespace on pg_namespace.oid = extnamespace where extname = 'pg_trgm'`,
      );
      // It may be in a schema that is not searched for names.
      await tx.raw(
        `create index api_keys_search_text_idx on api_keys using gin (search_text ${rows[0].schema}.gin_trgm_ops)`,
      );
    });
  } catch (error) {
    knex.client.logger.warn(
      `Search among API keys goes without pg_trgm, and is slow if they are many: ${error}`,
    );
  }
}

/**
 * @param {import('knex').Knex} knex
 * @param {Record<string, string>} indexes
 */
async function createIndexes(knex, indexes) {
  for (const [name, definition] of Object.entries(indexes)) {
    await knex.schema.raw(`create index ${name} on api_keys ${definition}`);
  }
}

/**
 * @param {import('knex').Knex} knex
 * @param {Record<string, string>} indexes
 */
async function dropIndexes(knex, indexes) {
  for (const name of Object.keys(indexes)) {
    await knex.schema.raw(`drop index ${name}`);
  }
}

/**
 * @param {import('knex').Knex} knex
 * @param {Record<string, string>} indexes
 */
async function replaceIndexes(knex, indexes) {
  await dropIndexes(knex, indexes);
  await createIndexes(knex, indexes);
}

/** @param {import('knex').Knex} knex */
function isPostgres(knex) {
  return knex.client.config.client === 'pg';
}
