import { ServiceFactory } from '@backstage/backend-plugin-api';
import { apiKeyActionsServiceFactory } from './actions/apiKeyActionsServiceFactory';
import { apiKeyTokenHandlerServiceFactory } from './token-handler/apiKeyTokenHandlerServiceFactory';
import { apiKeyHttpAuthServiceFactory } from './http-auth/apiKeyHttpAuthServiceFactory';
import { apiKeyHttpRouterServiceFactory } from './http-auth/apiKeyHttpRouterServiceFactory';
import { apiKeyUserInfoServiceFactory } from './ownership/apiKeyUserInfoServiceFactory';
import { apiKeyPermissionsServiceFactory } from './permissions/apiKeyPermissionsServiceFactory';

/**
 * With these, all plugins of a backend accept API keys and hold them to what they are for. The feature of
 * `backstage-plugin-api-keys-backend` has them; a backend without the plugin `api-keys` adds each of them:
 *
 * ```ts
 * apiKeyServiceFactories.forEach(factory => backend.add(factory));
 * ```
 *
 * Services of {@link https://backstage.io/docs/backend-system/core-services/index | Backstage}, so that a backend with a factory of
 * its own for one of them does not start.
 *
 * @public
 */
export const apiKeyServiceFactories: readonly ServiceFactory[] = [
  apiKeyTokenHandlerServiceFactory,
  apiKeyHttpAuthServiceFactory,
  apiKeyHttpRouterServiceFactory,
  apiKeyPermissionsServiceFactory,
  apiKeyUserInfoServiceFactory,
  apiKeyActionsServiceFactory,
];
