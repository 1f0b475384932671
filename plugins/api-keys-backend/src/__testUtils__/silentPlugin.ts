import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';

/** Plugin that is installed but fails on every request. */
export const silentPlugin = createBackendPlugin({
  pluginId: 'silent',
  register(reg) {
    reg.registerInit({
      deps: { httpRouter: coreServices.httpRouter },
      async init({ httpRouter }) {
        httpRouter.use((_req, res) => {
          res.status(500).json({});
        });
      },
    });
  },
});
