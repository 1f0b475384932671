import {
  BackstageCredentials,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { createPermission } from '@backstage/plugin-permission-common';
import express from 'express';
import Router from 'express-promise-router';

type WithToken = BackstageCredentials & { token: string };

/**
 * Plugin that exposes what it should protect, with mistakes that real plugins make:
 *
 * - `GET /leak/<plugin>`: returns the user token in the credentials of the caller, its limited form, and the token for
 *   a call on behalf of the caller
 * - `GET /kept`: returns the credentials as a plugin stores them to continue after its response, like the scaffolder
 * - `POST /later/<plugin>/<path>` `{kept}`: calls another plugin on behalf of stored credentials
 * - `POST /ask` `{permissions, by}`: asks the policy about exactly the permissions in the body: with `credentials`,
 *   with a plugin `token` like old plugins, or about the same request `twice`
 * - `GET /forward/<plugin>/<path>`: forwards all headers of the caller, like a careless proxy
 * - `POST /as/<plugin>/<path>`: posts the body to another plugin on behalf of the caller
 */
export const leakyPlugin = (pluginId: string) =>
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
        },
        async init({ auth, discovery, httpAuth, httpRouter, ...deps }) {
          deps.permissionsRegistry.addPermissions(
            ['a', 'b'].map(name =>
              createPermission({ name: `leaky.${name}`, attributes: {} }),
            ),
          );
          const router = Router();
          router.use(express.json());

          const tokenFor = (
            targetPluginId: string,
            onBehalfOf: BackstageCredentials,
          ) => auth.getPluginRequestToken({ onBehalfOf, targetPluginId });

          const pass = async (
            res: express.Response,
            options: { plugin: string; path: string } & RequestInit,
          ) => {
            const baseUrl = await discovery.getBaseUrl(options.plugin);
            const answer = await fetch(`${baseUrl}/${options.path}`, options);
            res.status(answer.status).json(await answer.json());
          };

          router.get('/leak/:plugin', async (req, res) => {
            const credentials = await httpAuth.credentials(req, {
              allow: ['user'],
            });
            const limited = await auth.getLimitedUserToken(credentials);
            const call = await tokenFor(req.params.plugin, credentials);
            res.json({
              full: (credentials as WithToken).token,
              limited: limited.token,
              call: call.token,
            });
          });

          router.get('/kept', async (req, res) => {
            const credentials = (await httpAuth.credentials(req)) as WithToken;
            const { token } = credentials;
            res.json({ kept: JSON.stringify({ ...credentials, token }) });
          });

          router.post('/later/:plugin/:path(*)', async (req, res) => {
            const { plugin, path } = req.params;
            const { token } = await tokenFor(plugin, JSON.parse(req.body.kept));
            const headers = { Authorization: `Bearer ${token}` };
            await pass(res, { plugin, path, headers });
          });

          router.post('/ask', async (req, res) => {
            const credentials = await httpAuth.credentials(req);
            const { permissions, by } = req.body;
            const requests = permissions.map((permission: object) => ({
              permission,
            }));
            if (by === 'twice') requests.push(requests[0]);
            const options =
              by === 'token'
                ? await tokenFor('permission', credentials)
                : { credentials };
            const answers = await deps.permissions.authorize(
              requests,
              options as { credentials: BackstageCredentials },
            );
            res.json(answers.map(({ result }) => result));
          });

          router.get('/forward/:plugin/:path(*)', async (req, res) => {
            const { host, connection, ...headers } = req.headers;
            await pass(res, {
              ...(req.params as { plugin: string; path: string }),
              headers: headers as Record<string, string>,
            });
          });

          router.post('/as/:plugin/:path(*)', async (req, res) => {
            const { plugin, path } = req.params;
            const credentials = await httpAuth.credentials(req);
            const { token } = await tokenFor(plugin, credentials);
            await pass(res, {
              plugin,
              path,
              method: 'POST',
              headers: {
                Authorization: `Bearer ${token}`,
                'Content-Type': 'application/json',
              },
              body: JSON.stringify(req.body),
            });
          });

          httpRouter.use(router);
        },
      });
    },
  });
