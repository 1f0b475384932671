import { AuthResolverContext } from '@backstage/plugin-auth-node';
import {
  ApiKeyOwnership,
  ApiKeyOwnershipResolver,
  canonicalEntityRef,
} from 'backstage-plugin-api-keys-node';

const ENTITY_REF = /^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/;

/** Finds what the subjects of keys own now. */
export class SubjectOwnership {
  readonly #context: AuthResolverContext;
  readonly #resolver: ApiKeyOwnershipResolver | undefined;

  /** @param options - `resolver` is the installation's own, if it has one */
  constructor(options: {
    resolverContext: AuthResolverContext;
    resolver: ApiKeyOwnershipResolver | undefined;
  }) {
    this.#context = options.resolverContext;
    this.#resolver = options.resolver;
  }

  /**
   * A group owns what belongs to itself, and nothing that belongs to a member or to another group.
   *
   * @returns the ownership refs in canonical form; undefined for a subject that there is not
   * @throws when that cannot be told right now
   */
  readonly resolve = async (subject: string): Promise<string[] | undefined> => {
    const ref = canonicalEntityRef(subject);
    if (ref.startsWith('group:')) {
      return (await this.#findEntity(ref)) && [ref];
    }
    const resolveFromCatalog = () => this.#resolveFromCatalog(ref);
    const resolved = this.#resolver
      ? await this.#resolver.resolveOwnership(ref, { resolveFromCatalog })
      : await resolveFromCatalog();
    return resolved && canonicalRefsOf(resolved);
  };

  async #resolveFromCatalog(ref: string): Promise<ApiKeyOwnership | undefined> {
    const entity = await this.#findEntity(ref);
    return entity && this.#context.resolveOwnershipEntityRefs(entity);
  }

  /** Only the catalog's own "not found" counts: that of a resolver says nothing about the subject. */
  async #findEntity(entityRef: string) {
    try {
      const { entity } = await this.#context.findCatalogUser({ entityRef });
      return entity;
    } catch (error) {
      if (error instanceof Error && error.name === 'NotFoundError') {
        return undefined;
      }
      throw error;
    }
  }
}

function canonicalRefsOf({ ownershipEntityRefs }: ApiKeyOwnership): string[] {
  const isValid =
    Array.isArray(ownershipEntityRefs) &&
    ownershipEntityRefs.every(
      ref => typeof ref === 'string' && ENTITY_REF.test(ref),
    );
  if (!isValid) {
    throw new Error(
      'The ownership resolver returned ownershipEntityRefs that are not a list of entity refs',
    );
  }
  return [...new Set(ownershipEntityRefs.map(canonicalEntityRef))];
}
