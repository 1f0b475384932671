import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ApiKeyStore, KeyOwner } from '../database/ApiKeyStore';

/** As many as the catalog finds at a time without effort. */
const PAGE_SIZE = 500;

/**
 * Finds out which owners of keys have left the catalog. Their keys are refused already, since they sign in through the
 * catalog; this is for those who look after keys.
 */
export class OwnerPresence {
  readonly #store: ApiKeyStore;
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;

  constructor(options: {
    store: ApiKeyStore;
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
  }

  /** @throws if the catalog cannot be asked; then nobody is taken for missing who was not before */
  async check(): Promise<void> {
    const present: string[] = [];
    const missing: string[] = [];
    let page: KeyOwner[] = [];
    do {
      page = await this.#store.listOwners({
        after: page.at(-1)?.ref,
        limit: PAGE_SIZE,
      });
      const refs = page.map(({ ref }) => ref);
      const known = await this.#whomTheCatalogKnows(refs);
      for (const ref of refs) (known.has(ref) ? present : missing).push(ref);
    } while (page.length === PAGE_SIZE);

    // Not everybody leaves at once: this catalog has lost its entities, or has not taken them in yet.
    if (present.length === 0 && missing.length > 0) {
      this.#logger.warn(
        `The catalog knows none of the ${missing.length} owners of API keys; taking nobody for missing`,
      );
      return;
    }
    await this.#store.saveOwnerPresence({ present, missing }, Date.now());
  }

  async #whomTheCatalogKnows(refs: string[]): Promise<Set<string>> {
    if (refs.length === 0) return new Set();
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: refs, fields: ['kind'] },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return new Set(refs.filter((_, i) => items[i] !== undefined));
  }
}
