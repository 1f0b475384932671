import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ApiKeyRuntime } from 'backstage-plugin-api-keys-node/internal';
import { ApiKeyOwnerKind, ownerKindOf } from 'backstage-plugin-api-keys-common';
import { OwnerIdentity } from '../../lifecycle/ownerIdentity';

/** Number of entities that the catalog returns quickly in one request. */
const PAGE_SIZE = 500;

const IDENTITY_FIELDS = ['kind', 'metadata.uid', 'metadata.annotations'];

type UserDirectory = Pick<ApiKeyRuntime, 'knowsUserOutsideCatalog'>;

/** Only fields that were requested and exist are set. */
type CatalogEntity = {
  metadata?: { uid?: string; annotations?: Record<string, string> };
};

/**
 * Owners of keys in the catalog, and users that the installation knows without an entity. Every method throws if the answer is
 * not available.
 */
export class CatalogOwners {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #runtime: UserDirectory;
  readonly #identityAnnotations: readonly string[];

  /** @param options - `identityAnnotations` hold ids of identity providers */
  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    runtime: UserDirectory;
    identityAnnotations: readonly string[];
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#runtime = options.runtime;
    this.#identityAnnotations = options.identityAnnotations;
  }

  async has(ref: string): Promise<boolean> {
    return (await this.find(ref)) !== undefined;
  }

  async find(ref: string): Promise<OwnerIdentity | undefined> {
    return (await this.findAll([ref])).get(ref);
  }

  /** Returns the identities of the entities that exist. */
  async findAll(
    refs: readonly string[],
  ): Promise<ReadonlyMap<string, OwnerIdentity>> {
    const found = new Map<string, OwnerIdentity>();
    for (let i = 0; i < refs.length; i += PAGE_SIZE) {
      const page = refs.slice(i, i + PAGE_SIZE);
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs: page, fields: IDENTITY_FIELDS },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      for (const [j, ref] of page.entries()) {
        const entity = items[j];
        if (entity) found.set(ref, this.#identityOf(entity));
        // Only the ref of these users is known.
        else if (await this.#isKnownUser(ref)) found.set(ref, { ids: {} });
      }
    }
    return found;
  }

  async #isKnownUser(ref: string): Promise<boolean> {
    return (
      ownerKindOf(ref) === 'user' && this.#runtime.knowsUserOutsideCatalog(ref)
    );
  }

  /** Returns true if there is any entity of a kind, even one that owns no keys. */
  async hasAny(kind: ApiKeyOwnerKind): Promise<boolean> {
    const { items } = await this.#catalog.queryEntities(
      { filter: { kind }, fields: ['kind'], limit: 1 },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return items.length > 0;
  }

  #identityOf({ metadata }: CatalogEntity): OwnerIdentity {
    const ids: Record<string, string> = {};
    for (const annotation of this.#identityAnnotations) {
      const id = metadata?.annotations?.[annotation];
      if (id) ids[annotation] = id;
    }
    return { uid: metadata?.uid, ids };
  }
}
