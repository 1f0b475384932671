import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';

/** Further keys are only counted. */
const NAMED_MAX = 100;

/** Keys that end in addition to the requested ones: their number, and the first ones that the caller may see. */
export type AlsoRevoked = { items: ApiKeyRecord[]; totalItems: number };

/** Collects the keys that end in addition to the requested ones, each once. */
export class AlsoRevokedKeys {
  readonly #ids = new Set<string>();

  add(keys: readonly ApiKeyRecord[]): void {
    for (const { id } of keys) this.#ids.add(id);
  }

  /**
   * Removes a key that was itself requested.
   *
   * @returns whether it was in the collection
   */
  remove(id: string): boolean {
    return this.#ids.delete(id);
  }

  /** @param find - omits keys that the caller may not see */
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
