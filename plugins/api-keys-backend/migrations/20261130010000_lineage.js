// @ts-check

/*
 * What a key rotated into by itself ends with it, and lives no longer than a person chose. Who rotated a key was not kept
 * before, and counts as the key itself wherever it cannot be told: it may have been a thief.
 */

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('api_keys', table => {
    table
      .string('rotated_by', 16)
      .comment(
        'Who rotated the predecessor: owner or key; null is not known, or none',
      );
    table
      .bigInteger('chosen_lifetime')
      .comment(
        'Milliseconds that a person chose; 2^53 - 1 is without end; null is as long as requested',
      );
  });
  // A key acts as its owner of the time, and nobody signs in as a group.
  await knex('api_keys')
    .whereNotNull('predecessor_id')
    .whereRaw("lower(created_by) like 'group:%'")
    .update({ rotated_by: 'key' });
  // Then a user who made the key of a group is a member. By now it may be a group's for another reason: it was transferred.
  await knex('api_keys')
    .whereNotNull('predecessor_id')
    .whereRaw("lower(created_by) like 'user:%'")
    .whereExists(
      knex('api_key_events')
        .select(knex.raw('1'))
        .whereRaw('api_key_events.key_id = api_keys.id')
        .where('api_key_events.type', 'created')
        .whereRaw("lower(api_key_events.owner) like 'group:%'"),
    )
    .update({ rotated_by: 'owner' });
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('api_keys', table => {
    table.dropColumns('rotated_by', 'chosen_lifetime');
  });
};
