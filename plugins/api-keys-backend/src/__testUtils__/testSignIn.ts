import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  AuthProviderRouteHandlers,
  authProvidersExtensionPoint,
  prepareBackstageIdentityResponse,
} from '@backstage/plugin-auth-node';

/** An auth provider that believes everybody: `POST /api/auth/test/refresh {"user": "ada"}`. */
export const testSignIn = createBackendModule({
  pluginId: 'auth',
  moduleId: 'test-sign-in',
  register(reg) {
    reg.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'test',
          factory: ({ resolverContext }): AuthProviderRouteHandlers => ({
            async start() {},
            async frameHandler() {},
            async refresh(req, res) {
              const result = await resolverContext.signInWithCatalogUser({
                entityRef: { name: req.body.user },
              });
              res.json({
                backstageIdentity: prepareBackstageIdentityResponse(result),
              });
            },
          }),
        });
      },
    });
  },
});
