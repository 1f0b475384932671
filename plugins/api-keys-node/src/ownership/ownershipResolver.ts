import { createExtensionPoint } from '@backstage/backend-plugin-api';

/**
 * What a user owns, as Backstage's sign-in resolvers put it into a session: the user and the groups whose property is theirs.
 *
 * @public
 */
export type ApiKeyOwnership = { ownershipEntityRefs: string[] };

/**
 * What an {@link ApiKeyOwnershipResolver} can build upon.
 *
 * @public
 */
export type ApiKeyOwnershipContext = {
  /**
   * Resolves the ownership of the user from the catalog, with the resolver of `authOwnershipResolutionExtensionPoint` if one is
   * installed. Returns undefined for a user who is not in the catalog.
   *
   * @throws whatever the catalog client throws when the catalog does not answer
   */
  resolveFromCatalog(): Promise<ApiKeyOwnership | undefined>;
};

/**
 * Resolves what the API keys of users own, for an installation whose sign-in resolver does more than to read the catalog.
 *
 * @public
 */
export interface ApiKeyOwnershipResolver {
  /**
   * Returns what a user owns now, or undefined if there is no such user: then no key of theirs is made, and none works. It is
   * called when a key is made or rotated, and each time that a key is exchanged for a user token (about once an hour for a key in
   * use, in each backend process). A user whom it knows may have keys without being in the catalog.
   *
   * @param userEntityRef - in canonical form, such as `user:default/ada`
   * @throws any error if it cannot tell right now: keys are answered with 503 then, and none is made
   */
  resolveOwnership(
    userEntityRef: string,
    context: ApiKeyOwnershipContext,
  ): Promise<ApiKeyOwnership | undefined>;
}

/**
 * Takes the {@link ApiKeyOwnershipResolver} of the installation.
 *
 * @public
 */
export interface ApiKeyOwnershipExtensionPoint {
  /** @throws Error if a resolver is set already, so that the backend does not start */
  setOwnershipResolver(resolver: ApiKeyOwnershipResolver): void;
}

/**
 * Extension point of the auth plugin's module `api-key-provider` that lets an installation resolve what API keys own by itself.
 *
 * @public
 */
export const apiKeyOwnershipExtensionPoint =
  createExtensionPoint<ApiKeyOwnershipExtensionPoint>({
    id: 'auth.api-key-ownership',
  });
