import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';

/** A plugin that is there, and fails whatever it is asked. */
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
