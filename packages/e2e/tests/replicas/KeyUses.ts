import { setTimeout as sleep } from 'node:timers/promises';
import type { Replicas } from '../../src/Replicas';
import { createKey, tokenOf } from '../api';

/** Deadline for writing all uses: several times `apiKeys.lastUsed.resolution` of the replicas. */
const SETTLED_WITHIN_MS = 6000;
const POLL_MS = 100;

export type UsedKey = {
  id: string;
  secret: string;
  /** Number of accepted requests with the key. */
  accepted: number;
};

/** Compares the uses of keys that clients have counted with those in the database. */
export class KeyUses {
  readonly keys: readonly UsedKey[];
  readonly #replicas: Replicas;

  private constructor(replicas: Replicas, keys: readonly UsedKey[]) {
    this.#replicas = replicas;
    this.keys = keys;
  }

  /** Creates keys without using them. */
  static async prepare(
    replicas: Replicas,
    { keys }: { keys: number },
  ): Promise<KeyUses> {
    const { portal } = replicas.b;
    const token = await tokenOf(portal, 'linus');
    const used: UsedKey[] = [];
    for (let made = 0; made < keys; made++) {
      const { key, secret } = await createKey(portal, token, { name: 'Used' });
      used.push({ id: key.id, secret, accepted: 0 });
    }
    return new KeyUses(replicas, used);
  }

  any(): UsedKey {
    return this.keys[Math.floor(Math.random() * this.keys.length)];
  }

  /** Number of accepted requests of all clients. */
  get accepted(): number {
    return this.keys.reduce((sum, { accepted }) => sum + accepted, 0);
  }

  /** Waits until no more uses are written, and returns their number for all keys. */
  async settled(): Promise<number> {
    const deadline = performance.now() + SETTLED_WITHIN_MS;
    for (;;) {
      const { total } = await this.written();
      if (total >= this.accepted || performance.now() > deadline) return total;
      await sleep(POLL_MS);
    }
  }

  /**
   * Reads the counts of the database in one snapshot.
   *
   * @returns `torn` names sums that should match and do not
   */
  async written(): Promise<{ total: number; torn: string[] }> {
    const rows = await this.#replicas.query<{
      key: string;
      uses: string;
      parts: string;
    }>(
      `select k.id as key, k.use_count as uses, coalesce(sum(u.uses), 0) as parts
       from api_keys k left join api_key_usage u on u.key_id = k.id
       where k.id = any($1) group by k.id
       union all
       select 'all keys', (select sum(uses) from api_key_daily_uses), (select sum(uses) from api_key_usage)`,
      [this.keys.map(({ id }) => id)],
    );
    const sums = rows.map(({ key, uses, parts }) => ({
      key,
      uses: Number(uses),
      isTorn: Number(uses) !== Number(parts),
    }));
    return {
      total: sums
        .filter(({ key }) => key !== 'all keys')
        .reduce((sum, { uses }) => sum + uses, 0),
      torn: sums.filter(({ isTorn }) => isTorn).map(({ key }) => key),
    };
  }
}
