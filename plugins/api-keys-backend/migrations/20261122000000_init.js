/*
 * Times are milliseconds since 1970 in UTC, so that both databases compare them alike and no time zone setting of a
 * database, a driver or a server can shift an expiry.
 */

// @ts-check

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('api_key_owners', table => {
    table.comment(
      'Owners of API keys; whoever changes their keys locks the row',
    );
    table.string('owner').primary().comment('Entity ref');
  });

  await knex.schema.createTable('api_keys', table => {
    table.comment(
      'API keys; rows of dead keys stay until their retention ends',
    );
    table.string('id', 36).primary();
    table
      .string('secret_digest', 64)
      .notNullable()
      .comment('SHA-256 or HMAC-SHA-256 of the secret, in hex');
    table
      .string('hint', 4)
      .notNullable()
      .comment('Last characters of the secret');
    table.string('name').notNullable();
    table.text('description');
    table
      .text('search_text')
      .notNullable()
      .comment('Name, description and hint in lower case');
    table
      .string('owner')
      .notNullable()
      .comment('Entity ref that may manage it');
    table.string('subject').notNullable().comment('Entity ref that it acts as');
    table.string('created_by').notNullable().comment('Entity ref');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('expires_at');
    table.bigInteger('inactivity_timeout').comment('Milliseconds');
    table.bigInteger('kept_alive_at').comment('Restarts the inactivity clock');
    table
      .bigInteger('first_used_at')
      .comment('Of a successor: when it ended its predecessor');
    table.bigInteger('last_used_at');
    table.string('last_used_ip', 45);
    table.string('last_used_user_agent');
    table.bigInteger('use_count').notNullable().defaultTo(0);
    table.bigInteger('revoked_at');
    table.string('revoked_by').comment('Entity ref');
    table.string('revoked_reason', 32);
    table.string('family_id', 36).notNullable().comment('Rotation lineage');
    table.string('predecessor_id', 36);
    table.string('successor_id', 36);
    table.bigInteger('overlap_ends_at').comment('Set once rotated');
    table.text('access_restrictions').comment('JSON; null is everything');
    table.text('allowed_ips').comment('JSON; null is everywhere');

    table.unique(['secret_digest'], {
      indexName: 'api_keys_secret_digest_uniq',
    });
    table.index(['owner', 'created_at', 'id'], 'api_keys_owner_created_at_idx');
    table.index(['family_id'], 'api_keys_family_id_idx');
  });

  await knex.schema.createTable('api_key_events', table => {
    table.comment('What happened to keys, written with the change itself');
    table.bigIncrements('id');
    table.bigInteger('at').notNullable();
    table
      .string('category', 16)
      .notNullable()
      .comment('AUDIT, SECURITY, ERROR');
    table.string('type', 32).notNullable();
    table.string('key_id', 36).notNullable();
    table.string('owner').notNullable().comment('Entity ref');
    table.string('actor').comment('Entity ref of who did it');
    table.text('details').notNullable().comment('JSON');
    table.string('once').comment('Of what is told once: what it is');
    table.unique(['once'], { indexName: 'api_key_events_once_uniq' });
    table.index(['key_id', 'id'], 'api_key_events_key_id_idx');
    table.index(['owner', 'id'], 'api_key_events_owner_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('api_key_events');
  await knex.schema.dropTable('api_keys');
  await knex.schema.dropTable('api_key_owners');
};
