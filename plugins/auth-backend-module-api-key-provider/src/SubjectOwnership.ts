import { AuthResolverContext } from '@backstage/plugin-auth-node';
import {
  ApiKeyOwnership,
  ApiKeyOwnershipResolver,
} from 'backstage-plugin-api-keys-node';
import {
  canonicalEntityRef,
  ownerKindOf,
} from 'backstage-plugin-api-keys-node/internal';
import { findParentGroups } from './findParentGroups';

const ENTITY_REF = /^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/;

/** Resolves the current ownership of the subjects of keys. */
export class SubjectOwnership {
  readonly #context: AuthResolverContext;
  readonly #resolver: ApiKeyOwnershipResolver | undefined;
  readonly #hasParentGroups: boolean;

  /**
   * @param options - `resolver` is the installation's own, if it has one; with `hasParentGroups`, a group also owns what its
   * parent groups own
   */
  constructor(options: {
    resolverContext: AuthResolverContext;
    resolver: ApiKeyOwnershipResolver | undefined;
    hasParentGroups: boolean;
  }) {
    this.#context = options.resolverContext;
    this.#resolver = options.resolver;
    this.#hasParentGroups = options.hasParentGroups;
  }

  /**
   * A group owns what belongs to itself, and nothing that belongs to a member or, unless configured, to another group.
   *
   * @returns the ownership refs in canonical form; undefined for a subject that does not exist
   * @throws if the ownership cannot be determined right now
   */
  readonly resolve = async (subject: string): Promise<string[] | undefined> => {
    const ref = canonicalEntityRef(subject);
    if (ownerKindOf(ref) === 'group') return this.#resolveGroup(ref);
    const resolveFromCatalog = () => this.#resolveFromCatalog(ref);
    const resolved = this.#resolver
      ? await this.#resolver.resolveOwnership(ref, { resolveFromCatalog })
      : await resolveFromCatalog();
    return resolved && canonicalRefsOf(resolved);
  };

  async #resolveGroup(ref: string): Promise<string[] | undefined> {
    if (!(await this.#findEntity(ref))) return undefined;
    const parents = this.#hasParentGroups
      ? await findParentGroups(ref, this.#context)
      : [];
    return [ref, ...parents];
  }

  async #resolveFromCatalog(ref: string): Promise<ApiKeyOwnership | undefined> {
    const entity = await this.#findEntity(ref);
    return entity && this.#context.resolveOwnershipEntityRefs(entity);
  }

  /** Treats only the catalog's own "not found" as a missing subject; a resolver's "not found" may be about another entity. */
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
