import { createExtensionPoint } from '@backstage/backend-plugin-api';

/**
 * Ownership of a user, in the format of Backstage's sign-in resolvers: the refs of the user and of groups whose entities the
 * user also owns.
 *
 * @public
 */
export type ApiKeyOwnership = { ownershipEntityRefs: string[] };

/**
 * Helpers for an {@link ApiKeyOwnershipResolver}.
 *
 * @public
 */
export type ApiKeyOwnershipContext = {
  /**
   * Resolves the ownership of the user from the catalog, with the resolver of `authOwnershipResolutionExtensionPoint` if one is
   * installed. Returns undefined for a user who is not in the catalog.
   *
   * @throws the error of the catalog client if the catalog does not answer
   */
  resolveFromCatalog(): Promise<ApiKeyOwnership | undefined>;
};

/**
 * Resolves the ownership of users' API keys, for an installation whose sign-in resolver does more than read the catalog.
 *
 * @public
 */
export interface ApiKeyOwnershipResolver {
  /**
   * Returns the current ownership of a user, or undefined for a user that does not exist, whose keys cannot be created or used.
   * Called when a key is created or rotated, and each time a key is exchanged for a user token (about once an hour for a key in
   * use, in each backend process). A user that it resolves may have keys without being in the catalog.
   *
   * @param userEntityRef - in canonical form, such as `user:default/ada`
   * @throws any error if the ownership cannot be determined right now: requests with keys are then answered with 503, and no
   * key is created
   */
  resolveOwnership(
    userEntityRef: string,
    context: ApiKeyOwnershipContext,
  ): Promise<ApiKeyOwnership | undefined>;
}

/**
 * Accepts the {@link ApiKeyOwnershipResolver} of the installation.
 *
 * @public
 */
export interface ApiKeyOwnershipExtensionPoint {
  /** @throws Error if a resolver is set already, so that the backend does not start */
  setOwnershipResolver(resolver: ApiKeyOwnershipResolver): void;
}

/**
 * Extension point of the auth plugin's module `api-key-provider` with which an installation resolves the ownership of API keys
 * itself.
 *
 * @public
 */
export const apiKeyOwnershipExtensionPoint =
  createExtensionPoint<ApiKeyOwnershipExtensionPoint>({
    id: 'auth.api-key-ownership',
  });
