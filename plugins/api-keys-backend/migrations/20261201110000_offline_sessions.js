// @ts-check

/*
 * Keeps for which owners the auth plugin still has to end offline sessions: it may be away when their keys are revoked.
 */

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('api_key_owners', table => {
    table
      .bigInteger('session_end_requested_at')
      .comment(
        'When the offline sessions of the owner were to end, until they have',
      );
  });
  await knex.schema.raw(
    'create index api_key_owners_session_end_idx on api_key_owners (owner) where session_end_requested_at is not null',
  );
};

/**
 * Offline sessions that have not ended by now go on.
 *
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.raw('drop index api_key_owners_session_end_idx');
  await knex.schema.alterTable('api_key_owners', table => {
    table.dropColumn('session_end_requested_at');
  });
};
