import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';

/** As many as the catalog finds at a time without effort. */
const PAGE_SIZE = 500;

/** The kinds of entities that own keys. */
export const OWNER_KINDS = ['user', 'group'] as const;
export type OwnerKind = (typeof OWNER_KINDS)[number];

/** Owners of keys, as the catalog has them. Every method throws when the catalog cannot be asked. */
export class CatalogOwners {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;

  constructor(options: { catalog: CatalogService; auth: AuthService }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  async has(ref: string): Promise<boolean> {
    return (await this.among([ref])).has(ref);
  }

  /** Those of the entities that there are. */
  async among(refs: readonly string[]): Promise<Set<string>> {
    const found = new Set<string>();
    for (let i = 0; i < refs.length; i += PAGE_SIZE) {
      const page = refs.slice(i, i + PAGE_SIZE);
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs: page, fields: ['kind'] },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      page.filter((_, j) => items[j]).forEach(ref => found.add(ref));
    }
    return found;
  }

  /** Whether there is any entity of a kind, be it an owner of keys or not. */
  async hasAny(kind: OwnerKind): Promise<boolean> {
    const { items } = await this.#catalog.queryEntities(
      { filter: { kind }, fields: ['kind'], limit: 1 },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return items.length > 0;
  }
}
