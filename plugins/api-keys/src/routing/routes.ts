import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/**
 * The page *My API Keys*.
 *
 * @public
 */
export const rootRouteRef = createRouteRef({ id: 'api-keys' });

/**
 * The page *API keys admin*.
 *
 * @public
 */
export const adminRouteRef = createRouteRef({ id: 'api-keys-admin' });

/**
 * The page of a key.
 *
 * @public
 */
export const keyRouteRef = createSubRouteRef({
  id: 'api-keys-key',
  parent: rootRouteRef,
  path: '/:id',
});
