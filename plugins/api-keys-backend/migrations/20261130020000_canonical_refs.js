// @ts-check

/*
 * Entity refs are stored in the form of stringifyEntityRef. Backstage before 1.57 puts refs into user tokens as a sign-in resolver
 * wrote them (User:default/Ada), later versions in this form (user:default/ada): keys that were stored under the former would
 * be nobody's.
 */
const COLUMNS = {
  api_keys: ['owner', 'subject', 'created_by', 'revoked_by'],
  api_key_events: ['owner', 'actor'],
  api_key_warnings: ['owner'],
  api_key_policies: ['updated_by'],
};
const ENTITY_REF = /^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/;

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  for (const [table, columns] of Object.entries(COLUMNS)) {
    for (const column of columns) await rename(knex, table, column);
  }
  await renameTransfers(knex);
  await mergePolicies(knex);
  await mergeOwners(knex);
};

/**
 * The former spelling is not known any more, and nothing depends on it.
 *
 * @returns {Promise<void>}
 */
exports.down = async function down() {};

/**
 * @param {string} ref
 * @returns {string}
 */
function canonical(ref) {
  return ENTITY_REF.test(ref) ? ref.toLocaleLowerCase('en-US') : ref;
}

/**
 * The refs of a column that are in another form. Compared here: SQLite knows only the lower case of ASCII.
 *
 * @param {import('knex').Knex} knex
 * @param {string} table
 * @param {string} column
 * @returns {Promise<string[]>}
 */
async function othersIn(knex, table, column) {
  const rows = await knex(table).distinct(column).whereNotNull(column);
  return rows.map(row => row[column]).filter(ref => ref !== canonical(ref));
}

/**
 * @param {import('knex').Knex} knex
 * @param {string} table
 * @param {string} column
 */
async function rename(knex, table, column) {
  for (const ref of await othersIn(knex, table, column)) {
    await knex(table)
      .where(column, ref)
      .update({ [column]: canonical(ref) });
  }
}

/**
 * From whom and to whom keys were transferred, as the events tell.
 *
 * @param {import('knex').Knex} knex
 */
async function renameTransfers(knex) {
  const events = await knex('api_key_events')
    .select('id', 'details')
    .where({ type: 'transferred' });
  for (const { id, details: before } of events) {
    const { from, to, ...rest } = JSON.parse(before);
    const details = JSON.stringify({
      from: canonical(from),
      to: canonical(to),
      ...rest,
    });
    if (details === before) continue;
    await knex('api_key_events').where({ id }).update({ details });
  }
}

/**
 * The HTTP API has always written these in the canonical form: of two rows, that one is in force.
 *
 * @param {import('knex').Knex} knex
 */
async function mergePolicies(knex) {
  for (const owner of await othersIn(knex, 'api_key_policies', 'owner')) {
    const merged = await knex('api_key_policies')
      .where({ owner: canonical(owner) })
      .first();
    const row = knex('api_key_policies').where({ owner });
    await (merged ? row.delete() : row.update({ owner: canonical(owner) }));
  }
}

/**
 * Without bounds, all keys of an owner are brought under today's policy at the start of the plugin. The next look into the catalog
 * finds who is missing: owners in another form were never looked for.
 *
 * @param {import('knex').Knex} knex
 */
async function mergeOwners(knex) {
  const rows = await knex('api_key_owners').select('owner', 'member_of');
  /** @type {Map<string, { owner: string; member_of: string }[]>} */
  const spellings = new Map();
  for (const row of rows) {
    const owner = canonical(row.owner);
    spellings.set(owner, [...(spellings.get(owner) ?? []), row]);
  }
  for (const [owner, group] of spellings) {
    const groups = group.flatMap(row => JSON.parse(row.member_of));
    const memberOf = [...new Set(groups.map(canonical))].sort();
    const isCanonical =
      group.length === 1 &&
      group[0].owner === owner &&
      group[0].member_of === JSON.stringify(memberOf);
    if (isCanonical) continue;
    const [kept] = group.filter(row => row.owner === owner).concat(group);
    const merged = group
      .map(row => row.owner)
      .filter(ref => ref !== kept.owner);
    await knex('api_key_owners').whereIn('owner', merged).delete();
    await knex('api_key_owners')
      .where({ owner: kept.owner })
      .update({
        owner,
        member_of: JSON.stringify(memberOf),
        bounds: null,
        missing_since: null,
      });
  }
}
