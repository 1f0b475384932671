// @ts-check

/*
 * What the trail of everybody's keys is filtered by, beside owners and keys, which have an index already. Without these, rare
 * events are found by looking at all of them. Events are written when keys change, not when they are used, so that four
 * indexes more do not matter there.
 */
const INDEXES = {
  api_key_events_at_idx: ['at'],
  api_key_events_category_idx: ['category', 'id'],
  api_key_events_type_idx: ['type', 'id'],
  api_key_events_actor_idx: ['actor', 'id'],
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('api_key_events', table => {
    for (const [name, columns] of Object.entries(INDEXES)) {
      table.index(columns, name);
    }
  });
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('api_key_events', table => {
    for (const [name, columns] of Object.entries(INDEXES)) {
      table.dropIndex(columns, name);
    }
  });
};
