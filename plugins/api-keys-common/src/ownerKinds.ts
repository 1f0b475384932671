/**
 * Kinds of catalog entities that own keys.
 *
 * @public
 */
export type ApiKeyOwnerKind = 'user' | 'group';

/**
 * Every {@link ApiKeyOwnerKind}.
 *
 * @public
 */
export const API_KEY_OWNER_KINDS = [
  'user',
  'group',
] as const satisfies readonly ApiKeyOwnerKind[];

/**
 * Returns the kind of owner that an entity ref names, in any case; undefined for a ref of another kind or without one. Every
 * decision on the kind of an owner is made here.
 *
 * `parseEntityRef` of `@backstage/catalog-model` throws for what is no ref, and would be a dependency of a package that
 * services outside of Backstage use, too.
 *
 * @public
 */
export function ownerKindOf(ref: string): ApiKeyOwnerKind | undefined {
  const kind = /^([^:]*):/.exec(ref)?.[1].toLocaleLowerCase('en-US');
  return API_KEY_OWNER_KINDS.find(each => each === kind);
}
