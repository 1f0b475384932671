// @ts-check

/*
 * What a key is for in services outside of Backstage. Few keys have any, and these are found without a look at the others.
 */
const INDEX = 'api_keys_scopes_idx';

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('api_keys', table => {
    table
      .text('scopes')
      .comment('JSON list of the scopes that it carries; null is none');
  });
  const indexed =
    knex.client.config.client === 'pg' ? 'using gin ((scopes::jsonb))' : '(id)';
  await knex.schema.raw(
    `create index ${INDEX} on api_keys ${indexed} where scopes is not null`,
  );
};

/**
 * Keys carry no scopes any more.
 *
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.raw(`drop index ${INDEX}`);
  await knex.schema.alterTable('api_keys', table => {
    table.dropColumn('scopes');
  });
};
