// @ts-check

/*
 * Makes the events of keys an outbox: sinks, such as notifications and webhooks, are sent what is committed here, each from where it
 * stands.
 *
 * Events get their position after they were committed, one batch at a time. An id is given out before, so that a sink that goes by
 * ids would skip the event of a transaction that commits late.
 */

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('api_key_events', table => {
    // An older version that still runs beside this one leaves it out, and sends its events itself.
    table
      .bigInteger('outbox_position')
      .comment(
        'Place in the order in which sinks are sent events: 0 until it has one, null for events that are not sent',
      );
  });
  await knex.schema.raw(
    'create index api_key_events_outbox_idx on api_key_events (outbox_position, id) where outbox_position is not null',
  );
  await knex.schema.createTable('api_key_event_sinks', table => {
    table.comment('How far each sink of events is, and who is sending to it');
    table.string('name').primary();
    table
      .bigInteger('position')
      .notNullable()
      .comment('Everything up to here is done');
    table
      .text('done_ahead')
      .notNullable()
      .comment('JSON: ranges of later positions that are done as well');
    table
      .string('lease_owner')
      .comment('Which backend process is sending, if one is');
    table
      .bigInteger('lease_ends_at')
      .notNullable()
      .comment('When another one may take over');
    table
      .integer('failures')
      .notNullable()
      .comment('How many attempts in a row have failed');
    table
      .bigInteger('retry_at')
      .notNullable()
      .comment('When the next attempt may begin');
  });
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('api_key_event_sinks');
  await knex.schema.raw('drop index api_key_events_outbox_idx');
  await knex.schema.alterTable('api_key_events', table => {
    table.dropColumn('outbox_position');
  });
};
