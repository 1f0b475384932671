import { createApiRef } from '@backstage/core-plugin-api';
import { ApiKeysApi } from 'backstage-plugin-api-keys-common';

/**
 * The API keys of the signed-in user.
 *
 * @public
 */
export const apiKeysApiRef = createApiRef<ApiKeysApi>({
  id: 'plugin.api-keys.client',
});
