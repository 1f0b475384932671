import { Knex } from 'knex';
import { VerificationRecord } from '../lifecycle/ApiKeyRecord';
import { isPostgres } from './dialect';
import { OWNER_STATE } from './owners';
import { READ_TIMEOUT } from './readTimeout';
import {
  fromVerificationRow,
  VERIFICATION_COLUMNS,
  VerificationRow,
} from './rows';

const SELECT = `
  select ${VERIFICATION_COLUMNS.join(', ')}, ${OWNER_STATE}
  from api_keys`;

/** PostgreSQL's codes for a statement that was not prepared on this connection, or cannot be used any more. */
const NOT_PREPARED = [
  '26000', // invalid_sql_statement_name
  '42P05', // duplicate_prepared_statement
  '0A000', // feature_not_supported: its table was changed
];

/**
 * Finds the verification record of a key by the digest of its secret. Pending uses are not read, so a key may seem unused for
 * longer than it was.
 *
 * The first request with each key waits for this query. Its SQL is a constant text, which is faster than building it, and
 * PostgreSQL prepares it once for each connection: planning takes several times as long as running it, since there are many
 * indexes. Prepared statements fail behind a pooler that assigns a connection for each transaction; after such a failure,
 * statements are no longer prepared.
 */
export class KeyLookup {
  readonly #knex: Knex;
  #prepares: boolean;

  constructor(knex: Knex) {
    this.#knex = knex;
    this.#prepares = isPostgres(knex);
  }

  async findForVerification(
    digests: readonly string[],
  ): Promise<VerificationRecord | undefined> {
    const row = await this.#read(digests);
    return row && fromVerificationRow(row);
  }

  async #read(
    digests: readonly string[],
  ): Promise<VerificationRow | undefined> {
    const places = digests.map(() => '?').join(', ');
    const statement = this.#knex
      .raw(`${SELECT} where secret_digest in (${places})`, [...digests])
      .timeout(READ_TIMEOUT);
    if (!this.#prepares) return firstOf(await statement);
    try {
      const name = `api-keys-verification-${digests.length}`;
      return firstOf(await statement.options({ name }));
    } catch (error) {
      if (!isNotPrepared(error)) throw error;
      this.#prepares = false;
      return this.#read(digests);
    }
  }
}

function isNotPrepared(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    NOT_PREPARED.includes(String(error.code))
  );
}

/** SQLite returns the rows without a wrapper. */
function firstOf(
  found: VerificationRow[] | { rows: VerificationRow[] },
): VerificationRow | undefined {
  return Array.isArray(found) ? found[0] : found.rows[0];
}
