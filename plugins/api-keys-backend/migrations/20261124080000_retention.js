// @ts-check

/*
 * What it takes to find the keys that were revoked long ago. Those that expired are found by what lists and summaries have
 * already.
 */
const INDEX = 'api_keys_revoked_at_idx';

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.raw(
    `create index ${INDEX} on api_keys (revoked_at) where revoked_at is not null`,
  );
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.raw(`drop index ${INDEX}`);
};
