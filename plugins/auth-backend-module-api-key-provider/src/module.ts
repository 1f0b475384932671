import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { authProvidersExtensionPoint } from '@backstage/plugin-auth-node';
import {
  API_KEY_PROVIDER_ID,
  apiKeyRuntimeServiceRef,
  apiKeysServiceRef,
} from 'backstage-plugin-api-keys-node';
import { ApiKeyProvider } from './ApiKeyProvider';

/**
 * The auth provider `api-key`. Needs `auth.providers.api-key: {}` in the configuration.
 *
 * @public
 */
export const authModuleApiKeyProvider = createBackendModule({
  pluginId: 'auth',
  moduleId: 'api-key-provider',
  register(reg) {
    reg.registerInit({
      deps: {
        apiKeys: apiKeysServiceRef,
        auth: coreServices.auth,
        providers: authProvidersExtensionPoint,
        runtime: apiKeyRuntimeServiceRef,
      },
      async init({ apiKeys, auth, providers, runtime }) {
        providers.registerProvider({
          providerId: API_KEY_PROVIDER_ID,
          factory: ({ resolverContext }) => {
            const provider = new ApiKeyProvider({
              apiKeys,
              auth,
              resolverContext,
              runtime,
            });
            runtime.provideOwnership(provider.ownershipOf);
            return provider;
          },
        });
      },
    });
  },
});
