// @ts-check

/*
 * Keys of owners who have left the catalog are revoked after a while, of which only the time counts that the catalog was
 * well.
 */

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('api_key_catalog_looks', table => {
    table.comment(
      'When the catalog was last asked who is there, and was believed',
    );
    table.string('kind', 16).primary().comment('user or group');
    table.bigInteger('believed_at').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('api_key_catalog_looks');
};
