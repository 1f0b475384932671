// @ts-check

/*
 * The orders in which everybody's keys are listed, each with the id as its last word. They are the very expressions of
 * src/database/paging.ts: keys without the value come last in either direction.
 *
 * Those on last_used_at cost a flush of uses about 50 µs more a key and minute (PostgreSQL 18, a million keys), and save a
 * list in that order a look at every key.
 */
const LAST = Number.MAX_SAFE_INTEGER;
const ORDERS = {
  created_at: 'created_at',
  expires_at_asc: `(coalesce(expires_at, ${LAST}))`,
  expires_at_desc: '(coalesce(expires_at, -1))',
  last_used_at_asc: `(coalesce(last_used_at, ${LAST}))`,
  last_used_at_desc: '(coalesce(last_used_at, -1))',
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  for (const [name, expression] of Object.entries(ORDERS)) {
    await knex.schema.raw(
      `create index api_keys_${name}_idx on api_keys (${expression}, id)`,
    );
  }
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  for (const name of Object.keys(ORDERS)) {
    await knex.schema.raw(`drop index api_keys_${name}_idx`);
  }
};
