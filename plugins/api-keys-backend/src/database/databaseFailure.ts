import { ErrorLike, isError } from '@backstage/errors';

/**
 * Reason why a database cannot run statements at the moment, independent of the statement itself:
 *
 * - `away`: it cannot be reached, or it ended the connection;
 * - `read-only`: it can be read only, such as a standby;
 * - `full`: it has no disk space, memory or connection left;
 * - `busy`: another transaction holds a lock that the statement needs, or the statement took too long.
 */
export type DatabaseFailure = 'away' | 'read-only' | 'full' | 'busy';

/** Classes of PostgreSQL's error codes (their first two characters). See its manual, appendix A. */
const POSTGRES_CLASSES: { [sqlClass: string]: DatabaseFailure } = {
  '08': 'away', // connection exception
  '28': 'away', // invalid authorization: a password that is being changed
  '53': 'full', // insufficient resources
  '58': 'away', // system error: I/O
};

/** PostgreSQL's error codes whose class is too general. */
const POSTGRES_CODES: { [sqlState: string]: DatabaseFailure } = {
  '25006': 'read-only', // read_only_sql_transaction
  '25P03': 'busy', // idle_in_transaction_session_timeout
  '25P04': 'busy', // transaction_timeout
  '3D000': 'away', // invalid_catalog_name: it is being restored
  '40001': 'busy', // serialization_failure
  '40P01': 'busy', // deadlock_detected
  '53300': 'busy', // too_many_connections
  '55000': 'away', // object_not_in_prerequisite_state: accepts no connections
  '55P03': 'busy', // lock_not_available
  '57014': 'busy', // query_canceled: statement_timeout
  '57P01': 'away', // admin_shutdown
  '57P02': 'away', // crash_shutdown
  '57P03': 'away', // cannot_connect_now
  '57P04': 'away', // database_dropped
  '57P05': 'away', // idle_session_timeout
};

/** Primary codes of SQLite. Extended codes begin with them (`SQLITE_BUSY_SNAPSHOT`). */
const SQLITE_CODES: [string, DatabaseFailure][] = [
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_NOMEM', 'full'],
  ['SQLITE_IOERR', 'away'],
  ['SQLITE_CANTOPEN', 'away'],
];

/** Codes of Node.js for failed connections, including those to other plugins. */
export const NETWORK_CODES: readonly string[] = [
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'EMFILE',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
];

/** Messages of the drivers and Knex for errors without a code. Knex puts the statement before the message. */
const MESSAGES: [RegExp, DatabaseFailure][] = [
  [/(^| - )Connection terminated[\w ]*$/, 'away'], // pg
  [/(^| - )Client has encountered a connection error[\w ]*$/, 'away'], // pg
  [/(^| - )Client was closed[\w ]*$/, 'away'], // pg
  [/(^| - )timeout exceeded when trying to connect$/, 'away'], // pg
  [/(^| - )Query read timeout$/, 'busy'], // pg
  [/^Unable to acquire a connection$/, 'away'], // Knex whose pool was closed
  [/(^| - )The database connection is not open$/, 'away'], // better-sqlite3
];

/** @returns undefined for an error that is not about the state of the database: a bug, or a violated constraint */
export function databaseFailureOf(error: unknown): DatabaseFailure | undefined {
  if (!isError(error)) return undefined;
  // A query or the wait for a connection that took too long.
  if (error.name === 'KnexTimeoutError') return 'busy';
  const code = codeOf(error);
  if (code !== undefined) {
    return failureOfCode(code) ?? failureOfMessage(error.message);
  }
  return failureOfMessage(error.message);
}

/**
 * Returns true if the server has answered that it rolls back a transaction whose COMMIT was sent. An answer that ends the
 * connection (classes 08 and 57), or none, leaves the outcome open.
 */
export function refusesCommit(error: unknown): boolean {
  const code = isError(error) ? codeOf(error) : undefined;
  if (code === undefined) return false;
  return isSqlState(code)
    ? !/^(08|57P)/.test(code)
    : /^SQLITE_(?!IOERR)/.test(code);
}

function codeOf({ code }: ErrorLike): string | undefined {
  return typeof code === 'string' ? code : undefined;
}

function failureOfCode(code: string): DatabaseFailure | undefined {
  if (NETWORK_CODES.includes(code)) return 'away';
  if (isSqlState(code)) {
    return POSTGRES_CODES[code] ?? POSTGRES_CLASSES[code.slice(0, 2)];
  }
  return SQLITE_CODES.find(([primary]) => code.startsWith(primary))?.[1];
}

function failureOfMessage(text: string): DatabaseFailure | undefined {
  return MESSAGES.find(([pattern]) => pattern.test(text))?.[1];
}

function isSqlState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && /[0-9]/.test(code);
}
