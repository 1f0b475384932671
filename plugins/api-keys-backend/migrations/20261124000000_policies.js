// @ts-check

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('api_key_policies', table => {
    table.comment('Where the policy of an owner differs from the configured');
    table.string('owner').primary().comment('Entity ref of a user or group');
    table.text('override').notNullable().comment('JSON');
    table.bigInteger('updated_at').notNullable();
    table.string('updated_by').notNullable().comment('Entity ref');
  });

  await knex.schema.alterTable('api_key_owners', table => {
    table
      .text('member_of')
      .notNullable()
      .defaultTo('[]')
      .comment('JSON: the groups that the owner was seen to be in last');
    table
      .text('bounds')
      .comment('JSON: the policy that the keys were brought under last');
  });

  await knex.schema.alterTable('api_keys', table => {
    table
      .bigInteger('requested_expires_at')
      .comment('Of which expires_at is what the policy allows today');
    table
      .bigInteger('requested_inactivity_timeout')
      .comment('Of which inactivity_timeout is what the policy allows today');
  });
  await knex('api_keys').update({
    requested_expires_at: knex.ref('expires_at'),
    requested_inactivity_timeout: knex.ref('inactivity_timeout'),
  });
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('api_keys', table => {
    table.dropColumns('requested_expires_at', 'requested_inactivity_timeout');
  });
  await knex.schema.alterTable('api_key_owners', table => {
    table.dropColumns('member_of', 'bounds');
  });
  await knex.schema.dropTable('api_key_policies');
};
