import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  AuthProviderRouteHandlers,
  authProvidersExtensionPoint,
  prepareBackstageIdentityResponse,
} from '@backstage/plugin-auth-node';

/**
 * Auth provider that trusts every sign-in: `POST /api/auth/test/refresh {"user": "ada"}`. With `ownership`, its sign-in
 * resolver issues these claims instead of those of the catalog, and the user is an entity ref that need not be in the
 * catalog.
 */
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
              const { user, ownership } = req.body;
              const result = ownership
                ? await resolverContext.issueToken({
                    claims: { sub: user, ent: ownership },
                  })
                : await resolverContext.signInWithCatalogUser({
                    entityRef: { name: user },
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
