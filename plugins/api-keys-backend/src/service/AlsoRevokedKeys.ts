import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';

/** The rest is only counted. */
const NAMED_MAX = 100;

/** The keys that end beside those that were asked for: how many, and the first ones that the caller may see. */
export type AlsoRevoked = { items: ApiKeyRecord[]; totalItems: number };

/** Collects the keys that end beside those that were asked for, each once. */
export class AlsoRevokedKeys {
  readonly #ids = new Set<string>();

  add(keys: readonly ApiKeyRecord[]): void {
    for (const { id } of keys) this.#ids.add(id);
  }

  /**
   * Takes out a key that was asked for, too.
   *
   * @returns whether it was in
   */
  remove(id: string): boolean {
    return this.#ids.delete(id);
  }

  /** @param find - leaves out what the caller may not see */
  async describe(
    find: (ids: string[]) => Promise<ApiKeyRecord[]>,
  ): Promise<AlsoRevoked> {
    const named = [...this.#ids].slice(0, NAMED_MAX);
    const items = named.length > 0 ? await find(named) : [];
    return {
      items: items.sort((a, b) => a.createdAt - b.createdAt),
      totalItems: this.#ids.size,
    };
  }
}
