// @ts-check

/*
 * Who was warned of which end of a key, once for each threshold, and what it takes to find the keys that end next. The
 * expressions are the very ones of src/database/upcomingWarnings.ts.
 */
const LIVING = 'revoked_at is null and overlap_ends_at is null';
const INACTIVE_AT = `(case
  when coalesce(kept_alive_at, created_at) > coalesce(last_used_at, created_at) then coalesce(kept_alive_at, created_at)
  else coalesce(last_used_at, created_at) end + inactivity_timeout)`;

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('api_key_warnings', table => {
    table.comment(
      'Warnings that were sent, and those that somebody is about to send',
    );
    table.string('key_id', 36).notNullable();
    table.string('kind', 16).notNullable();
    table.bigInteger('ends_at').notNullable().comment('The end warned of');
    table
      .bigInteger('threshold')
      .notNullable()
      .comment('How long before the end, in milliseconds; 0 is after it');
    table.string('owner').notNullable().comment('Entity ref of who is warned');
    table
      .string('claim_id', 36)
      .notNullable()
      .comment('What was claimed together, to be sent as one');
    table.bigInteger('claimed_at').notNullable();
    table.bigInteger('sent_at').comment('Null until it is sent');
    table.primary(['key_id', 'kind', 'ends_at', 'threshold']);
    table.index(['claim_id'], 'api_key_warnings_claim_idx');
    table.index(['ends_at'], 'api_key_warnings_ends_at_idx');
  });
  await knex.schema.raw(
    `create index api_keys_expiring_idx on api_keys (expires_at) where ${LIVING}`,
  );
  await knex.schema.raw(
    `create index api_keys_unused_idx on api_keys (${INACTIVE_AT}) where ${LIVING} and inactivity_timeout is not null`,
  );
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.raw('drop index api_keys_unused_idx');
  await knex.schema.raw('drop index api_keys_expiring_idx');
  await knex.schema.dropTable('api_key_warnings');
};
