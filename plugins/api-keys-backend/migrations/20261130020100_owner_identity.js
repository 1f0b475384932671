// @ts-check

/*
 * Who owns keys, beyond an entity ref that somebody else may come to have: the ids that identity providers gave. Owners are looked up
 * in the catalog every few minutes, so that those who are there already get theirs by themselves.
 */

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('api_key_owners', table => {
    table
      .text('identity')
      .comment('JSON: uid and provider ids that the catalog had for the owner');
    table
      .bigInteger('unconfirmed_since')
      .comment(
        'Since when nobody knows whether the owner is the same as before',
      );
    table
      .bigInteger('absent_since')
      .comment('When the catalog had the owner last, of one who is missing');
  });
  await knex('api_key_owners').update({
    absent_since: knex.ref('missing_since'),
  });
  await knex.schema.raw(
    'create index api_key_owners_unconfirmed_idx on api_key_owners (owner) where unconfirmed_since is not null',
  );
  await knex.schema.alterTable('api_keys', table => {
    table
      .bigInteger('owner_replaced_at')
      .comment('When its owner was found to be somebody else than before');
  });
  await knex.schema.alterTable('api_key_catalog_looks', table => {
    table
      .bigInteger('mass_change_at')
      .comment('When most owners were last found to be new entities at once');
  });
};

/**
 * Keys that wait for their owner to be confirmed are accepted again.
 *
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('api_key_catalog_looks', table => {
    table.dropColumn('mass_change_at');
  });
  await knex.schema.alterTable('api_keys', table => {
    table.dropColumn('owner_replaced_at');
  });
  await knex.schema.raw('drop index api_key_owners_unconfirmed_idx');
  await knex.schema.alterTable('api_key_owners', table => {
    table.dropColumns('identity', 'unconfirmed_since', 'absent_since');
  });
};
