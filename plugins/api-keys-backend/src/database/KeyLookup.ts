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

/** How PostgreSQL says that a connection is not the one on which a statement was prepared, or that it cannot be used any more. */
const NOT_PREPARED = [
  '26000', // invalid_sql_statement_name
  '42P05', // duplicate_prepared_statement
  '0A000', // feature_not_supported: its table was changed
];

/**
 * Finds the verification record of a key by the digest of its secret. Uses that were not added to the key yet are not read, so that
 * it may seem to be unused for longer than it was.
 *
 * The first request with each key waits for this. So the statement is a text, which takes less than to build it, and PostgreSQL
 * prepares it once for each connection: to plan it takes several times as long as to run it, since there are many indexes. Behind a
 * pooler that gives a connection to somebody else after each transaction, that does not work, and is not tried again.
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

/** SQLite gives the rows alone. */
function firstOf(
  found: VerificationRow[] | { rows: VerificationRow[] },
): VerificationRow | undefined {
  return Array.isArray(found) ? found[0] : found.rows[0];
}
