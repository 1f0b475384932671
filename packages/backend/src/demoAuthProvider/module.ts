import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { authProvidersExtensionPoint } from '@backstage/plugin-auth-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { createDemoProvider } from './provider';
import { createUsersRouter } from './usersRouter';

/** Auth provider `demo`: signs in as any user of the catalog, without a password, to try the portal out. */
export const authModuleDemoProvider = createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo-provider',
  register(reg) {
    reg.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        httpRouter: coreServices.httpRouter,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
      },
      async init({ providers, httpRouter, auth, catalog }) {
        if (process.env.NODE_ENV === 'production') {
          throw new Error(
            "The auth provider 'demo' lets everybody sign in as anybody and does not start when NODE_ENV is 'production'. " +
              'Remove ./demoAuthProvider from packages/backend/src/index.ts, add the auth provider module of your identity ' +
              'provider there and configure it under auth.providers.',
          );
        }

        providers.registerProvider({
          providerId: 'demo',
          factory: ({ resolverContext }) => createDemoProvider(resolverContext),
        });

        // Modules start before their plugin, so this route comes before the plugin's own. It is unauthenticated: the
        // sign-in page lists the users. Outside of the demo, that list must not be public.
        httpRouter.addAuthPolicy({
          path: '/demo/users',
          allow: 'unauthenticated',
        });
        httpRouter.use(createUsersRouter({ auth, catalog }));
      },
    });
  },
});
