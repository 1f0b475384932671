import {
  BackstagePrincipalTypes,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { apiKeysServiceRef } from 'backstage-plugin-api-keys-node';
import { decodeJwt } from 'jose';
import Router from 'express-promise-router';

/**
 * Plugin that uses the credentials of its caller in every way that plugins do, and returns the results:
 *
 * - `GET /`: the identity of the caller, by each API that returns it
 * - `GET /allow/<principal type>`: open to this type only
 */
export const mirrorPlugin = (pluginId: string) =>
  createBackendPlugin({
    pluginId,
    register(reg) {
      reg.registerInit({
        deps: {
          apiKeys: apiKeysServiceRef,
          auditor: coreServices.auditor,
          auth: coreServices.auth,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          userInfo: coreServices.userInfo,
        },
        async init({ auth, httpAuth, httpRouter, ...deps }) {
          const router = Router();

          router.get('/', async (req, res) => {
            const credentials = await httpAuth.credentials(req, {
              allow: ['user'],
            });
            const [limited, call, info, key, event] = await Promise.all([
              auth.getLimitedUserToken(credentials),
              auth.getPluginRequestToken({
                onBehalfOf: credentials,
                targetPluginId: 'other',
              }),
              deps.userInfo.getUserInfo(credentials),
              deps.apiKeys.keyOf(credentials),
              deps.auditor.createEvent({ eventId: 'look', request: req }),
            ]);
            await event.success();
            const { obo } = decodeJwt<{ obo: string }>(call.token);
            const [onBehalfOf] = obo.split('~');
            res.json({
              users: [
                credentials.principal.userEntityRef,
                decodeJwt(limited.token).sub,
                decodeJwt(onBehalfOf).sub,
                info.userEntityRef,
              ],
              key: key?.id,
              isFrozen:
                Object.isFrozen(credentials) &&
                Object.isFrozen(credentials.principal),
            });
          });

          router.get('/allow/:type', async (req, res) => {
            const type = req.params.type as keyof BackstagePrincipalTypes;
            await httpAuth.credentials(req, { allow: [type] });
            res.json({});
          });

          httpRouter.use(router);
        },
      });
    },
  });
