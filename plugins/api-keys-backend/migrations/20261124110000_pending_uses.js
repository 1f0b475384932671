// @ts-check

/*
 * Where the uses of very many keys are written at once, to be added to the keys little by little: each update of a key goes
 * into every index of the table of keys. There are none here beside the one that tells a key's uses apart by who wrote them.
 */

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('api_key_pending_uses', table => {
    table.comment('Uses of keys that were not added to them yet');
    table.string('key_id', 36).notNullable();
    table.string('flush_id', 36).notNullable().comment('Written together');
    table.bigInteger('last_used_at').notNullable();
    table.string('last_used_ip', 45);
    table.string('last_used_user_agent');
    table.bigInteger('uses').notNullable();
    table.text('daily').notNullable().comment('JSON; uses by day and plugin');
    table.primary(['key_id', 'flush_id']);
  });
};

/**
 * Uses that were not added to their keys yet are lost.
 *
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('api_key_pending_uses');
};
