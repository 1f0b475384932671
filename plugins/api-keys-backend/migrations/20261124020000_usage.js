// @ts-check

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('api_key_usage', table => {
    table.comment('How often keys were used, by day and plugin');
    table.string('key_id', 36).notNullable();
    table
      .bigInteger('day')
      .notNullable()
      .comment('The start of the day in UTC, in milliseconds since 1970');
    table.string('plugin').notNullable().comment('Id of the plugin');
    table.bigInteger('uses').notNullable();
    table.primary(['key_id', 'day', 'plugin']);
    table.index(['day'], 'api_key_usage_day_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('api_key_usage');
};
