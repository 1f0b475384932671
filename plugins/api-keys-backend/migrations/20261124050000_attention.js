// @ts-check

/*
 * What an admin is told to look at: keys whose owner has left the catalog, and keys that their policy cut short. And how
 * often all keys together were used on a day, which is too much to add up each time somebody asks.
 */
const CUT_SHORT = `revoked_at is null
  and (expires_at is distinct from requested_expires_at
    or inactivity_timeout is distinct from requested_inactivity_timeout)`;

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('api_key_owners', table => {
    table
      .bigInteger('missing_since')
      .comment('Since when the catalog is known not to know the owner');
  });
  await knex.schema.raw(
    `create index api_key_owners_missing_idx on api_key_owners (owner) where missing_since is not null`,
  );
  await knex.schema.raw(
    `create index api_keys_cut_short_idx on api_keys (created_at, id) where ${CUT_SHORT}`,
  );

  await knex.schema.createTable('api_key_daily_uses', table => {
    table.comment('How often all keys together were used, by day and plugin');
    table
      .bigInteger('day')
      .notNullable()
      .comment('The start of the day in UTC, in milliseconds since 1970');
    table.string('plugin').notNullable().comment('Id of the plugin');
    table.bigInteger('uses').notNullable();
    table.primary(['day', 'plugin']);
  });
  await knex.raw(
    `insert into api_key_daily_uses (day, plugin, uses)
      select day, plugin, sum(uses) from api_key_usage group by day, plugin`,
  );
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('api_key_daily_uses');
  await knex.schema.raw('drop index api_keys_cut_short_idx');
  await knex.schema.raw('drop index api_key_owners_missing_idx');
  await knex.schema.alterTable('api_key_owners', table => {
    table.dropColumn('missing_since');
  });
};
