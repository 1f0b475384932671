import { KeyBinding } from 'backstage-plugin-api-keys-node/internal';
import { Knex } from 'knex';
import { StoreContext } from './changeOwners';
import { READ_TIMEOUT } from './readTimeout';

const TABLE = 'api_key_token_bindings';

type TokenBindingRow = {
  token_id: string;
  key_id: string;
  subject: string;
  /** JSON. */
  ownership: string;
  expires_at: number;
};

/** Stores for all replicas which key each user token was issued for. */
export class DatabaseTokenBindings {
  readonly #knex: Knex;

  constructor({ knex }: Pick<StoreContext, 'knex'>) {
    this.#knex = knex;
  }

  /** @throws Error if the token is bound to another key */
  async save(
    tokenId: string,
    { id, subject, ownershipEntityRefs }: KeyBinding,
    expiresAt: number,
  ): Promise<void> {
    const row: TokenBindingRow = {
      token_id: tokenId,
      key_id: id,
      subject,
      ownership: JSON.stringify(ownershipEntityRefs),
      expires_at: expiresAt,
    };
    await this.#knex<TokenBindingRow>(TABLE)
      .insert(row)
      .onConflict('token_id')
      .ignore();
    const stored = await this.find(tokenId);
    if (stored?.id !== id) {
      throw new Error('Two user tokens of different keys have one signature');
    }
  }

  async find(tokenId: string): Promise<KeyBinding | undefined> {
    const row: TokenBindingRow | undefined = await this.#knex<TokenBindingRow>(
      TABLE,
    )
      .where({ token_id: tokenId })
      .first()
      .timeout(READ_TIMEOUT);
    return (
      row && {
        id: row.key_id,
        subject: row.subject,
        ownershipEntityRefs: JSON.parse(row.ownership),
      }
    );
  }
}
