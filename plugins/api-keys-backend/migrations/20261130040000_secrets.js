// @ts-check

/*
 * Takes out the secrets that people and clients put into texts while these were not refused: into names and descriptions of
 * keys, into user agents, and from there into events.
 *
 * Has the form of secrets once more: a migration does the same for all time, whatever becomes of the code.
 */
const { crc32 } = require('node:zlib');

const BATCH_SIZE = 1000;
/** What of user agents is kept. A secret that was cut off there has no checksum any more. */
const USER_AGENT_LENGTH = 255;
const CUT_SECRET = /([a-z][a-z0-9]{1,11}(?:_|%5f))[0-9A-Za-z]{20,48}$/i;
const TAIL = /(?:_|%5f)(?=([0-9A-Za-z]{49}))/gi;
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await redactTable(knex, {
    table: 'api_keys',
    primary: ['id'],
    texts: ['name', 'description', 'last_used_user_agent'],
    also: ['hint'],
    redact: ({ name, description, hint, last_used_user_agent: agent }) => {
      const texts = { name: redact(name), description: redact(description) };
      const searched = [texts.name, texts.description ?? '', hint];
      return {
        ...texts,
        last_used_user_agent: redactUserAgent(agent),
        search_text: searched.join('\n').toLowerCase(),
      };
    },
  });
  await redactTable(knex, {
    table: 'api_key_pending_uses',
    primary: ['key_id', 'flush_id'],
    texts: ['last_used_user_agent'],
    redact: ({ last_used_user_agent: agent }) => ({
      last_used_user_agent: redactUserAgent(agent),
    }),
  });
  await redactTable(knex, {
    table: 'api_key_events',
    primary: ['id'],
    texts: ['details'],
    redact: ({ details }) => ({ details: redactDetails(details) }),
  });
};

/** Nobody wants them back. */
exports.down = async function down() {};

/**
 * Rewrites the rows with something like a secret, a batch at a time. A row that somebody changes meanwhile is left to them:
 * the texts of today are refused.
 *
 * @param {import('knex').Knex} knex
 * @param {{
 *   table: string,
 *   primary: string[],
 *   texts: string[],
 *   also?: string[],
 *   redact: (row: Record<string, any>) => Record<string, string | null>,
 * }} options
 */
async function redactTable(knex, { table, primary, texts, also, redact: by }) {
  const columns = [...primary, ...texts, ...(also ?? [])];
  /** @type {Record<string, any>[]} */
  let rows = [];
  do {
    const last = rows.at(-1);
    rows = await knex(table)
      .select(columns)
      .where(query => texts.forEach(text => orMayHold(knex, query, text)))
      .modify(query => last && whereAfter(query, primary, last))
      .orderBy(primary)
      .limit(BATCH_SIZE);
    for (const row of rows) {
      const redacted = by(row);
      if (texts.every(text => redacted[text] === row[text])) continue;
      await knex(table)
        .where(pick(row, [...primary, ...texts]))
        .update(redacted);
    }
  } while (rows.length === BATCH_SIZE);
}

/**
 * @param {import('knex').Knex} knex
 * @param {import('knex').Knex.QueryBuilder} query
 * @param {string} column
 */
function orMayHold(knex, query, column) {
  const characters = '[0-9A-Za-z]';
  if (knex.client.config.client === 'pg') {
    const pattern = `(_|%5[Ff])${characters}{20}`;
    query.orWhereRaw('?? ~ ?', [column, pattern]);
  } else {
    for (const separator of ['_', '%5[Ff]']) {
      const pattern = `*${separator}${characters.repeat(20)}*`;
      query.orWhereRaw('?? glob ?', [column, pattern]);
    }
  }
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

/**
 * @param {Record<string, any>} row
 * @param {string[]} columns
 */
function pick(row, columns) {
  return Object.fromEntries(columns.map(column => [column, row[column]]));
}

/** @param {string} details */
function redactDetails(details) {
  const parsed = JSON.parse(details);
  if (typeof parsed.userAgent !== 'string') return redact(details);
  const userAgent = redactUserAgent(parsed.userAgent);
  return redact(
    userAgent === parsed.userAgent
      ? details
      : JSON.stringify({ ...parsed, userAgent }),
  );
}

/** @param {string | null} userAgent */
function redactUserAgent(userAgent) {
  const redacted = redact(userAgent);
  return redacted?.length === USER_AGENT_LENGTH
    ? redacted.replace(CUT_SECRET, '$1[redacted]')
    : redacted;
}

/**
 * @template {string | null} T
 * @param {T} text
 * @returns {T}
 */
function redact(text) {
  if (text === null) return text;
  let redacted = '';
  let position = 0;
  for (const { 0: separator, 1: tail, index } of text.matchAll(TAIL)) {
    const run = text.slice(Math.max(position, index - 12), index);
    const [before] = run.match(/[a-z0-9]*$/) ?? [''];
    const prefixes = [...before].map((_, i) => before.slice(i));
    if (!prefixes.some(prefix => isSecret(prefix, tail))) continue;
    const end = index + separator.length;
    redacted += `${text.slice(position, end)}[redacted]`;
    position = end + tail.length;
  }
  return /** @type {T} */ (redacted + text.slice(position));
}

/**
 * @param {string} prefix
 * @param {string} tail - random part and checksum
 */
function isSecret(prefix, tail) {
  if (!/^[a-z][a-z0-9]{1,11}$/.test(prefix)) return false;
  let rest = crc32(`${prefix}_${tail.slice(0, -6)}`);
  let checksum = '';
  for (let i = 0; i < 6; i++) {
    checksum = DIGITS[rest % 62] + checksum;
    rest = Math.floor(rest / 62);
  }
  return checksum === tail.slice(-6);
}
