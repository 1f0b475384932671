// @ts-check

/**
 * What a key may own at most: a session that had less than its user must not make a key that has more.
 *
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('api_keys', table => {
    table
      .text('ownership_cap')
      .comment(
        'JSON list of the entity refs that it may own at most, those of the session that made it; null is no cap',
      );
  });
};

/**
 * Keys own all that their subjects own.
 *
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('api_keys', table => {
    table.dropColumn('ownership_cap');
  });
};
