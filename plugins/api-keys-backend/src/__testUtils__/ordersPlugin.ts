import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { apiKeysServiceRef } from 'backstage-plugin-api-keys-node';
import express from 'express';
import Router from 'express-promise-router';

export const ordersPlugin = createBackendPlugin({
  pluginId: 'orders',
  register(reg) {
    reg.registerInit({
      deps: {
        apiKeys: apiKeysServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
      },
      async init({ apiKeys, httpAuth, httpRouter }) {
        const router = Router();
        router.use(express.json());

        // Accepts orders from the browser and with keys.
        router.post('/orders', async (req, res) => {
          const credentials = await httpAuth.credentials(req, {
            allow: ['user'],
          });
          const key = await apiKeys.keyOf(credentials);
          res.json({
            orderedBy: credentials.principal.userEntityRef,
            withKey: key?.id ?? null,
          });
        });

        // Verifies a secret that another party sends in the body.
        router.post('/deliveries', async (req, res) => {
          await httpAuth.credentials(req);
          const outcome = await apiKeys.verify(String(req.body.secret));
          if (outcome.accepted) res.json({ deliveredBy: outcome.key.subject });
          else res.status(422).json({ problem: outcome.reason });
        });

        httpRouter.use(router);
      },
    });
  },
});
