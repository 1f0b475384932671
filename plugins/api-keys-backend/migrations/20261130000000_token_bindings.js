// @ts-check

/*
 * Which key a Backstage user token was issued for. A token says so itself nowhere, and plugins store tokens: the scaffolder, for
 * one, resumes a task with them on another replica or after a restart.
 */

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('api_key_token_bindings', table => {
    table.comment(
      'User tokens that were issued for API keys, until they expire',
    );
    table
      .string('token_id', 43)
      .primary()
      .comment('First half (r) of the signature of the limited token');
    table.string('key_id', 36).notNullable();
    table.string('subject').notNullable().comment('Entity ref that it acts as');
    table
      .text('ownership')
      .notNullable()
      .comment('JSON; entity refs that it owns');
    table.bigInteger('expires_at').notNullable().comment('Of the token');
    table.index(['expires_at'], 'api_key_token_bindings_expires_at_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('api_key_token_bindings');
};
