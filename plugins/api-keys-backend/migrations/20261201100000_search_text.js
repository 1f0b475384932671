// @ts-check

/*
 * Folds what is searched and sorted by alike on every database, with case, Unicode form and invisible characters made the same,
 * and lets lists go by name in an order that no locale decides.
 *
 * Has the folding once more: a migration does the same for all time, whatever becomes of the code.
 */
const BATCH_SIZE = 1000;
/** An entry of PostgreSQL's index has 2704 bytes at most. */
const SORT_NAME_LENGTH = 250;

const OLD_INDEX = '(lower(name), id)';

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('api_keys', table => {
    // An older version that still runs beside this one leaves it out.
    table
      .text('sort_name')
      .notNullable()
      .defaultTo('')
      .comment('Name as keys are sorted by it');
  });
  await rewrite(knex, ({ name, description, hint }) => ({
    search_text: [name, description ?? '', `…${hint}`].map(fold).join('\n'),
    sort_name: [...fold(name).normalize('NFKD')]
      .slice(0, SORT_NAME_LENGTH)
      .join(''),
  }));
  const sortName = isPostgres(knex) ? 'sort_name collate "C"' : 'sort_name';
  await replaceNameIndex(knex, `(${sortName}, id)`);
  if (isPostgres(knex)) {
    await knex.schema.raw(
      'create index api_keys_owner_idx on api_keys (owner collate "C", id)',
    );
    await knex.schema.raw('analyze api_keys');
  } else {
    await knex.schema.raw(
      'create index api_keys_owner_idx on api_keys (owner, id)',
    );
  }
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.raw('drop index api_keys_owner_idx');
  await replaceNameIndex(knex, OLD_INDEX);
  await rewrite(knex, ({ name, description, hint }) => ({
    search_text: [name, description ?? '', hint].join('\n').toLowerCase(),
  }));
  await knex.schema.alterTable('api_keys', table => {
    table.dropColumn('sort_name');
  });
};

/**
 * Rewrites columns that follow from texts, a batch at a time. A row whose texts somebody changes meanwhile is left to them.
 *
 * @param {import('knex').Knex} knex
 * @param {(row: Record<string, any>) => Record<string, string>} columnsOf
 */
async function rewrite(knex, columnsOf) {
  /** @type {Record<string, any>[]} */
  let rows = [];
  do {
    const last = rows.at(-1);
    rows = await knex('api_keys')
      .select('id', 'name', 'description', 'hint')
      .modify(query => last && query.where('id', '>', last.id))
      .orderBy('id')
      .limit(BATCH_SIZE);
    for (const row of rows) {
      await knex('api_keys').where(row).update(columnsOf(row));
    }
  } while (rows.length === BATCH_SIZE);
}

/** @param {string} text */
function fold(text) {
  return text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replace(/ς/g, 'σ')
    .normalize('NFKC')
    .replace(/i\u0307/g, 'i')
    .replace(/[\p{Z}\p{Cc}]+/gu, ' ')
    .trim();
}

/**
 * @param {import('knex').Knex} knex
 * @param {string} definition
 */
async function replaceNameIndex(knex, definition) {
  await knex.schema.raw('drop index api_keys_name_idx');
  await knex.schema.raw(
    `create index api_keys_name_idx on api_keys ${definition}`,
  );
}

/** @param {import('knex').Knex} knex */
function isPostgres(knex) {
  return knex.client.config.client === 'pg';
}
