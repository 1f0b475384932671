import { Knex } from 'knex';
import { inCharacterOrder, acquireAdvisoryLock } from './dialect';
import { inTrackedTransaction } from './inTransaction';
import { StoredOverride } from '../lifecycle/KeyOwner';

/*
 * A change of an override then looks for the affected owners. This lock separates transactions that apply overrides to keys from
 * those that change them. Without it, an owner's first key, or one that shows that an owner is in a group, could be committed
 * after that look with the policy from before the change.
 *
 * It is not a lock on the table, which would wait for dumps.
 */
const LOCK = 'policies';

/** A row of `api_key_policies`. PostgreSQL returns 64-bit integers as text. */
type OverrideRow = {
  owner: string;
  override: string;
  updated_at: number | string;
  updated_by: string;
};

async function findOverrides(
  knex: Knex,
  refs?: readonly string[],
): Promise<StoredOverride[]> {
  const rows: OverrideRow[] = await knex('api_key_policies')
    .modify(query => refs && query.whereIn('owner', [...refs]))
    .orderByRaw(inCharacterOrder(knex, 'owner'));
  return rows.map(row => ({
    owner: row.owner,
    override: JSON.parse(row.override),
    updatedAt: Number(row.updated_at),
    updatedBy: row.updated_by,
  }));
}

/** Keeps overrides unchanged until a transaction that applies them to keys has ended. */
export async function holdOverrides(
  tx: Knex.Transaction,
  refs: readonly string[],
): Promise<StoredOverride[]> {
  // A statement of its own, since a statement's snapshot is taken before it waits.
  await acquireAdvisoryLock(tx, LOCK, { shared: true });
  return findOverrides(tx, refs);
}

/** Overrides of the configured limits, for users and groups. */
export class PolicyStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** Returns the overrides of these users and groups, or all overrides. */
  async find(refs?: readonly string[]): Promise<StoredOverride[]> {
    return findOverrides(this.#knex, refs);
  }

  async save({
    owner,
    override,
    updatedAt,
    updatedBy,
  }: StoredOverride): Promise<void> {
    await this.#change(overrides =>
      overrides
        .insert({
          owner,
          override: JSON.stringify(override),
          updated_at: updatedAt,
          updated_by: updatedBy,
        })
        .onConflict('owner')
        .merge(),
    );
  }

  /** Does nothing if there is no override. */
  async delete(owner: string): Promise<void> {
    await this.#change(overrides => overrides.where({ owner }).delete());
  }

  async #change(
    change: (overrides: Knex.QueryBuilder<OverrideRow>) => Promise<unknown>,
  ): Promise<void> {
    await inTrackedTransaction(this.#knex, async tx => {
      await acquireAdvisoryLock(tx, LOCK);
      await change(tx<OverrideRow>('api_key_policies'));
    });
  }
}
