import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { authProvidersExtensionPoint } from '@backstage/plugin-auth-node';
import {
  apiKeyOwnershipExtensionPoint,
  ApiKeyOwnershipResolver,
} from 'backstage-plugin-api-keys-node';
import {
  API_KEY_PROVIDER_ID,
  apiKeyRuntimeServiceRef,
} from 'backstage-plugin-api-keys-node/internal';
import { ApiKeyProvider } from './ApiKeyProvider';
import { createUserInfoMiddleware } from './createUserInfoMiddleware';
import { KeyTokenExchange } from './KeyTokenExchange';
import { KeyTokenIssuer } from './KeyTokenIssuer';
import { SubjectOwnership } from './SubjectOwnership';

/**
 * The auth provider `api-key`. Needs `auth.providers.api-key: {}` in the configuration.
 *
 * @public
 */
export const authModuleApiKeyProvider = createBackendModule({
  pluginId: 'auth',
  moduleId: 'api-key-provider',
  register(reg) {
    let resolver: ApiKeyOwnershipResolver | undefined;
    reg.registerExtensionPoint(apiKeyOwnershipExtensionPoint, {
      setOwnershipResolver(given) {
        if (resolver) {
          throw new Error('The ownership resolver of API keys is already set');
        }
        resolver = given;
      },
    });
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        providers: authProvidersExtensionPoint,
        runtime: apiKeyRuntimeServiceRef,
      },
      async init({ auth, config, httpRouter, providers, runtime, ...deps }) {
        // Before the auth plugin adds its own routes, which modules always are.
        httpRouter.use(createUserInfoMiddleware({ auth, runtime }));
        providers.registerProvider({
          providerId: API_KEY_PROVIDER_ID,
          factory: ({ resolverContext }) => {
            const ownership = new SubjectOwnership({
              resolverContext,
              resolver,
              hasParentGroups:
                config.getOptionalBoolean('apiKeys.owners.parentGroups') ??
                false,
            });
            runtime.provideOwnership(ownership.resolve, {
              hasResolver: resolver !== undefined,
            });
            const { exchange } = new KeyTokenExchange({
              ...deps,
              runtime,
              ownership,
              issuer: KeyTokenIssuer.create({ ...deps, resolverContext }),
            });
            runtime.provideExchange(exchange);
            return new ApiKeyProvider({ auth, exchange, runtime });
          },
        });
      },
    });
  },
});
