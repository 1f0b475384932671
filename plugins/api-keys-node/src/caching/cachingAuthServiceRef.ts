import {
  AuthService,
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { apiKeyRuntimeServiceRef } from '../authenticator/ApiKeyRuntime';
import { CachingAuthService } from './CachingAuthService';

/** The auth service with which requests to each plugin are authenticated, for HTTP and for websockets. */
export const cachingAuthServiceRef = createServiceRef<AuthService>({
  id: 'api-keys.caching-auth',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        auth: coreServices.auth,
        plugin: coreServices.pluginMetadata,
        runtime: apiKeyRuntimeServiceRef,
      },
      factory({ auth, plugin, runtime }) {
        const authenticator = runtime.authenticators.get(plugin.getId());
        // Without the token handler there are no keys.
        if (!authenticator) return auth;
        const { tokenKeys } = runtime;
        return new CachingAuthService({
          inner: auth,
          authenticator,
          tokenKeys,
        });
      },
    }),
});
