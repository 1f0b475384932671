import { createRouteRef } from '@backstage/core-plugin-api';

/**
 * The page *My API Keys*.
 *
 * @public
 */
export const rootRouteRef = createRouteRef({ id: 'api-keys' });
