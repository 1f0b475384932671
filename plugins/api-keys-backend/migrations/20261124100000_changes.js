// @ts-check

/*
 * Every change of a key goes through the row of its owner, which tells the other replicas that there was one: they forget
 * what they know of the owner's keys.
 */

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('api_key_owners', table => {
    table
      .bigInteger('changed_in')
      .comment('The transaction that changed keys of the owner last');
    table.index(['changed_in'], 'api_key_owners_changed_in_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('api_key_owners', table => {
    table.dropIndex(['changed_in'], 'api_key_owners_changed_in_idx');
    table.dropColumn('changed_in');
  });
};
