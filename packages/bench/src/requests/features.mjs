/* Features of the measured backend in addition to Backstage's own plugins and ours. */
import { load } from '../backstage.mjs';
import { startProfile } from '../profile.mjs';

const { coreServices, createBackendModule, createBackendPlugin } = load(
  '@backstage/backend-plugin-api',
);
const { authProvidersExtensionPoint, prepareBackstageIdentityResponse } = load(
  '@backstage/plugin-auth-node',
);
const { AuthorizeResult, createPermission } = load(
  '@backstage/plugin-permission-common',
);
const { policyExtensionPoint } = load(
  '@backstage/plugin-permission-node/alpha',
);
const Router = load('express-promise-router').default;

/** Auth provider without verification: `POST /api/auth/bench/refresh {"user": "ada"}`. */
export const signIn = createBackendModule({
  pluginId: 'auth',
  moduleId: 'bench-sign-in',
  register(reg) {
    reg.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'bench',
          factory: ({ resolverContext }) => ({
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

/** Permission policy with a constant decision: users are allowed, all others denied. */
export const policy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'bench-policy',
  register(reg) {
    reg.registerInit({
      deps: { extension: policyExtensionPoint },
      async init({ extension }) {
        extension.setPolicy({
          handle: async (_query, user) => ({
            result: user ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
          }),
        });
      },
    });
  },
});

const permission = createPermission({
  name: 'bench.look',
  attributes: { action: 'read' },
});

/**
 * Plugin with routes to measure and a route that reports the process's totals.
 *
 * @param statements - a StatementCounter
 */
export const benchPlugin = statements =>
  createBackendPlugin({
    pluginId: 'bench',
    register(reg) {
      reg.registerInit({
        deps: {
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
        },
        async init({ httpAuth, httpRouter, permissions, ...deps }) {
          deps.permissionsRegistry.addPermissions([permission]);
          const router = Router();

          router.get('/public', (_req, res) => {
            res.json({ userEntityRef: null });
          });

          router.get('/whoami', async (req, res) => {
            const { principal } = await httpAuth.credentials(req, {
              allow: ['user'],
            });
            res.json({ userEntityRef: principal.userEntityRef });
          });

          router.get('/authorized', async (req, res) => {
            const credentials = await httpAuth.credentials(req, {
              allow: ['user'],
            });
            const [{ result }] = await permissions.authorize([{ permission }], {
              credentials,
            });
            res
              .status(result === AuthorizeResult.ALLOW ? 200 : 403)
              .json({ userEntityRef: credentials.principal.userEntityRef });
          });

          router.get('/process', (_req, res) => {
            const { user, system } = process.cpuUsage();
            res.json({ cpu: user + system, statements: statements.counts });
          });
          addProfiler(router);

          httpRouter.use(router);
          for (const path of ['/public', '/process', '/profile']) {
            httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
          }
        },
      });
    },
  });

/** `POST /profile` starts a CPU profile, `DELETE /profile` ends and returns it. */
function addProfiler(router) {
  let stop;
  router.post('/profile', async (_req, res) => {
    stop = await startProfile();
    res.status(204).end();
  });
  router.delete('/profile', async (_req, res) => {
    res.json(await stop());
  });
}
