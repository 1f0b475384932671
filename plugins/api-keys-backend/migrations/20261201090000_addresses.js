// @ts-check

/*
 * Addresses were stored as proxies wrote them: with ports, in brackets, or text that is no address. They are rewritten to the form
 * in which addresses are stored since, and what is none is unknown.
 *
 * Reads addresses once more: a migration does the same for all time, whatever becomes of the code.
 */
const { isIP } = require('node:net');

const BATCH_SIZE = 1000;
const PORT = '(?::(?:\\d{1,5}|_[\\w.-]+))?';
const ZONE = '(?:%[\\w.:~-]+)?';
const FORMS = [
  new RegExp(`^([\\d.]+)${PORT}$`),
  new RegExp(`^([\\da-f:.]+)${ZONE}$`, 'i'),
  new RegExp(`^\\[([\\da-f:.]+)${ZONE}\\]${PORT}$`, 'i'),
];

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  for (const [table, ...primary] of [
    ['api_keys', 'id'],
    ['api_key_pending_uses', 'key_id', 'flush_id'],
  ]) {
    await rewrite(knex, {
      table,
      primary,
      column: 'last_used_ip',
      mayHold: query => query.whereNotNull('last_used_ip'),
      read: parseAddress,
    });
  }
  await rewrite(knex, {
    table: 'api_key_events',
    primary: ['id'],
    column: 'details',
    mayHold: query => query.where('details', 'like', '%"ip":%'),
    read: parseDetails,
  });
};

/**
 * What proxies wrote beside an address is not known any more, and nothing depends on it.
 *
 * @returns {Promise<void>}
 */
exports.down = async function down() {};

/**
 * Rewrites a column, a batch of rows at a time. A row that somebody changes meanwhile is left to them.
 *
 * @param {import('knex').Knex} knex
 * @param {{
 *   table: string,
 *   primary: string[],
 *   column: string,
 *   mayHold: (query: import('knex').Knex.QueryBuilder) => unknown,
 *   read: (text: string) => string | null,
 * }} options
 */
async function rewrite(knex, { table, primary, column, mayHold, read }) {
  /** @type {Record<string, any>[]} */
  let rows = [];
  do {
    const last = rows.at(-1);
    rows = await knex(table)
      .select([...primary, column])
      .modify(mayHold)
      .modify(query => last && whereAfter(query, primary, last))
      .orderBy(primary)
      .limit(BATCH_SIZE);
    for (const row of rows) {
      const value = read(row[column]);
      if (value === row[column]) continue;
      await knex(table)
        .where(row)
        .update({ [column]: value });
    }
  } while (rows.length === BATCH_SIZE);
}

/**
 * @param {import('knex').Knex.QueryBuilder} query
 * @param {string[]} primary
 * @param {Record<string, any>} row
 */
function whereAfter(query, primary, row) {
  const places = primary.map(() => '??').join(', ');
  const values = primary.map(() => '?').join(', ');
  query.whereRaw(`(${places}) > (${values})`, [
    ...primary,
    ...primary.map(column => row[column]),
  ]);
}

/** @param {string} details */
function parseDetails(details) {
  const { ip: written, ...rest } = JSON.parse(details);
  if (typeof written !== 'string') return details;
  const ip = parseAddress(written);
  if (ip === written) return details;
  return JSON.stringify(ip === null ? rest : { ...rest, ip });
}

/**
 * @param {string} text
 * @returns {string | null}
 */
function parseAddress(text) {
  const node = text
    .trim()
    .replace(/^for=/i, '')
    .replace(/^"(.*)"$/, '$1');
  for (const form of FORMS) {
    const [, address = ''] = form.exec(node) ?? [];
    const version = isIP(address);
    if (version === 4) return address;
    if (version === 6) return canonicalIpv6(address);
  }
  return null;
}

/**
 * The form of RFC 5952, or IPv4 for a mapped address.
 *
 * @param {string} address
 */
function canonicalIpv6(address) {
  const text = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high, low] =
    text.match(/^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/) ?? [];
  if (high === undefined) return text;
  return [high, low]
    .map(group => parseInt(group, 16))
    .flatMap(group => [Math.floor(group / 256), group % 256])
    .join('.');
}
