// @ts-check

/*
 * What the policy of its owner forbids a key, and which keys are restricted at all: the few of either kind are found without
 * a look at every key.
 */
const KINDS = {
  unrestricted: 'access_restrictions is null',
  restricted: 'access_restrictions is not null',
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('api_keys', table => {
    table
      .text('forbidden_plugins')
      .comment(
        'JSON list of the plugins that the policy of the owner forbids, without those of the configuration',
      );
  });
  for (const [name, condition] of Object.entries(KINDS)) {
    await knex.schema.raw(
      `create index api_keys_${name}_idx on api_keys (created_at, id) where ${condition}`,
    );
  }
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  for (const name of Object.keys(KINDS)) {
    await knex.schema.raw(`drop index api_keys_${name}_idx`);
  }
  await knex.schema.alterTable('api_keys', table => {
    table.dropColumn('forbidden_plugins');
  });
};
