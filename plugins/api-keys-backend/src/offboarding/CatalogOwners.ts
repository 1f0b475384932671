import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ApiKeyRuntime } from 'backstage-plugin-api-keys-node';

/** As many as the catalog finds at a time without effort. */
const PAGE_SIZE = 500;

/** The kinds of entities that own keys. */
export const OWNER_KINDS = ['user', 'group'] as const;
export type OwnerKind = (typeof OWNER_KINDS)[number];

type UserDirectory = Pick<ApiKeyRuntime, 'knowsUserOutsideCatalog'>;

/**
 * Owners of keys, as the catalog has them, and users whom the installation knows besides. Every method throws when that cannot be found
 * out.
 */
export class CatalogOwners {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #runtime: UserDirectory;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    runtime: UserDirectory;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#runtime = options.runtime;
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
      for (const [j, ref] of page.entries()) {
        if (items[j] || (await this.#isKnownUser(ref))) found.add(ref);
      }
    }
    return found;
  }

  async #isKnownUser(ref: string): Promise<boolean> {
    return (
      ref.startsWith('user:') && this.#runtime.knowsUserOutsideCatalog(ref)
    );
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
