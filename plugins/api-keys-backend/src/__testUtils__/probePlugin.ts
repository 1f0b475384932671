import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import express, { Request } from 'express';
import Router from 'express-promise-router';

/** Permission that the probe plugins check. */
export const probePermission = createPermission({
  name: 'probe.look',
  attributes: { action: 'read' },
});

/** Permissions that the probe plugins declare. A policy can be asked about others too. */
const probePermissions = [
  probePermission,
  ...['probe.a', 'probe.b', 'probe.c', 'probe.d', 'other.thing'].map(name =>
    createPermission({ name, attributes: {} }),
  ),
  createPermission({
    name: 'probe.thing.read',
    attributes: { action: 'read' },
    resourceType: 'thing',
  }),
];

type Action = 'create' | 'read' | 'update' | 'delete';

function permissionsOf({ query }: Request) {
  const action = query.action as Action | undefined;
  return String(query.permission)
    .split(',')
    .map(name =>
      createPermission({ name, attributes: action ? { action } : {} }),
    );
}

/**
 * Ordinary plugin that returns the identity of its caller:
 *
 * - `GET /whoami`
 * - `GET /allowed`: the decision of the policy on the probe permission
 * - `GET /ask?permission=a,b&action=read`: the decisions on several permissions at once
 * - `GET /ask-conditionally?permission=…`: likewise, with conditions
 * - `GET /hop/<plugin>/<path>`: calls another plugin on behalf of the caller and forwards its response
 * - `GET /cookie-route`: accepts user cookies
 * - `POST /direct` `{token}`: authenticates without the HTTP layer, like websockets
 * - `GET /obo-token/<plugin>`: a token for calls to another plugin on behalf of the caller
 * - `GET /plugin-token/<plugin>`: a token for calls of this plugin to another one
 */
export const probePlugin = (pluginId: string) =>
  createBackendPlugin({
    pluginId,
    register(reg) {
      reg.registerInit({
        deps: {
          auth: coreServices.auth,
          discovery: coreServices.discovery,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
          userInfo: coreServices.userInfo,
        },
        async init({ auth, discovery, httpAuth, httpRouter, ...deps }) {
          deps.permissionsRegistry.addPermissions([
            ...probePermissions,
            createPermission({ name: `${pluginId}.own`, attributes: {} }),
          ]);
          const router = Router();

          router.get('/whoami', async (req, res) => {
            const credentials = await httpAuth.credentials(req, {
              allow: ['user'],
            });
            res.json({
              principal: credentials.principal,
              info: await deps.userInfo.getUserInfo(credentials),
            });
          });

          router.get('/allowed', async (req, res) => {
            const credentials = await httpAuth.credentials(req);
            const [{ result }] = await deps.permissions.authorize(
              [{ permission: probePermission }],
              { credentials },
            );
            res.json({ allowed: result === AuthorizeResult.ALLOW });
          });

          router.get('/ask', async (req, res) => {
            const credentials = await httpAuth.credentials(req);
            const asked = permissionsOf(req).map(permission => ({
              permission,
            }));
            res.json(await deps.permissions.authorize(asked, { credentials }));
          });

          router.get('/ask-conditionally', async (req, res) => {
            const credentials = await httpAuth.credentials(req);
            const asked = permissionsOf(req).map(permission => ({
              permission: {
                ...permission,
                type: 'resource' as const,
                resourceType: 'thing',
              },
            }));
            res.json(
              await deps.permissions.authorizeConditional(asked, {
                credentials,
              }),
            );
          });

          router.all('/hop/:plugin/:path(*)', async (req, res) => {
            const credentials = await httpAuth.credentials(req);
            const { token } = await auth.getPluginRequestToken({
              onBehalfOf: credentials,
              targetPluginId: req.params.plugin,
            });
            const baseUrl = await discovery.getBaseUrl(req.params.plugin);
            const response = await fetch(`${baseUrl}/${req.params.path}`, {
              method: req.method,
              headers: { Authorization: `Bearer ${token}` },
            });
            res.status(response.status).json(await response.json());
          });

          router.get('/cookie-route', async (req, res) => {
            const { principal } = await httpAuth.credentials(req, {
              allow: ['user'],
              allowLimitedAccess: true,
            });
            res.json({ principal });
          });

          router.post('/direct', express.json(), async (req, res) => {
            const { principal } = await auth.authenticate(req.body.token);
            res.json({ principal });
          });

          router.get('/obo-token/:plugin', async (req, res) => {
            res.json(
              await auth.getPluginRequestToken({
                onBehalfOf: await httpAuth.credentials(req),
                targetPluginId: req.params.plugin,
              }),
            );
          });

          router.get('/plugin-token/:plugin', async (req, res) => {
            res.json(
              await auth.getPluginRequestToken({
                onBehalfOf: await auth.getOwnServiceCredentials(),
                targetPluginId: req.params.plugin,
              }),
            );
          });

          httpRouter.use(router);
          httpRouter.addAuthPolicy({
            path: '/cookie-route',
            allow: 'user-cookie',
          });
          for (const path of ['/direct', '/plugin-token']) {
            httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
          }
        },
      });
    },
  });
