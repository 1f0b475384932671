import { Knex } from 'knex';
import { StoreContext } from './changeOwners';
import { READ_TIMEOUT } from './readTimeout';

const TABLE = 'api_keys';

/** A key and the digest of its secret, which is read for proofs only. */
export type StoredDigest = { id: string; secret_digest: string };

/** Reads the digests of secrets as they are stored. */
export class DatabaseSecretDigests {
  readonly #knex: Knex;

  constructor({ knex }: Pick<StoreContext, 'knex'>) {
    this.#knex = knex;
  }

  /** @param digests - all digests under which one secret may be stored */
  async findAmong(
    digests: readonly string[],
  ): Promise<StoredDigest | undefined> {
    return this.#knex<StoredDigest>(TABLE)
      .whereIn('secret_digest', digests)
      .first('id', 'secret_digest')
      .timeout(READ_TIMEOUT);
  }

  async findById(id: string): Promise<StoredDigest | undefined> {
    return this.#knex<StoredDigest>(TABLE)
      .where({ id })
      .first('id', 'secret_digest')
      .timeout(READ_TIMEOUT);
  }
}
