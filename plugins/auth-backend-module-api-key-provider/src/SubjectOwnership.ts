import { AuthResolverContext } from '@backstage/plugin-auth-node';
import {
  ApiKeyOwnership,
  ApiKeyOwnershipResolver,
  canonicalEntityRef,
  ownerKindOf,
} from 'backstage-plugin-api-keys-node';
import { findParentGroups } from './findParentGroups';

const ENTITY_REF = /^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/;

/** Finds what the subjects of keys own now. */
export class SubjectOwnership {
  readonly #context: AuthResolverContext;
  readonly #resolver: ApiKeyOwnershipResolver | undefined;
  readonly #hasParentGroups: boolean;

  /**
   * @param options - `resolver` is the installation's own, if it has one; `hasParentGroups` is whether a group also owns what the
   * groups above it own
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
   * @returns the ownership refs in canonical form; undefined for a subject that there is not
   * @throws when that cannot be told right now
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
