/*
 * Backend of the demo portal without API keys, which loads dynamic plugins. It adds Backstage's services the way Red
 * Hat Developer Hub does: itself, unless the environment lets a plugin provide one.
 */
const { createBackend } = require('@backstage/backend-defaults');
const { actionsServiceFactory } = require('@backstage/backend-defaults/alpha');
const {
  httpAuthServiceFactory,
} = require('@backstage/backend-defaults/httpAuth');
const {
  httpRouterServiceFactory,
} = require('@backstage/backend-defaults/httpRouter');
const {
  permissionsServiceFactory,
} = require('@backstage/backend-defaults/permissions');
const {
  userInfoServiceFactory,
} = require('@backstage/backend-defaults/userInfo');
const {
  dynamicPluginsFeatureLoader,
  dynamicPluginsServiceRef,
} = require('@backstage/backend-dynamic-feature-service');
const {
  coreServices,
  createBackendPlugin,
} = require('@backstage/backend-plugin-api');
const express = require('express');
const { join } = require('node:path');
const { fileURLToPath } = require('node:url');

const SERVICES = [
  actionsServiceFactory,
  httpAuthServiceFactory,
  httpRouterServiceFactory,
  permissionsServiceFactory,
  userInfoServiceFactory,
];

function mayBeOverridden({ service }) {
  const name = service.id.toUpperCase().replace('.', '_');
  return process.env[`ENABLE_${name}_OVERRIDE`] === 'true';
}

/** Serves the assets of Scalprum and lists their addresses. */
const scalprum = createBackendPlugin({
  pluginId: 'scalprum',
  register(reg) {
    reg.registerInit({
      deps: {
        discovery: coreServices.discovery,
        dynamicPlugins: dynamicPluginsServiceRef,
        http: coreServices.httpRouter,
      },
      async init({ discovery, dynamicPlugins, http }) {
        const base = await discovery.getExternalBaseUrl('scalprum');
        const plugins = {};
        const router = express.Router();
        for (const plugin of dynamicPlugins.frontendPlugins()) {
          const { location } = dynamicPlugins.getScannedPackage(plugin);
          const assets = join(fileURLToPath(location), 'dist-scalprum');
          const { name } = require(join(assets, 'plugin-manifest.json'));
          const manifestLocation = `${base}/${name}/plugin-manifest.json`;
          plugins[name] = { name, manifestLocation };
          router.use(`/${name}`, express.static(assets));
        }
        router.get('/plugins', (_, res) => res.json(plugins));
        http.use(router);
        http.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
      },
    });
  },
});

const backend = createBackend();
for (const factory of SERVICES) {
  if (!mayBeOverridden(factory)) backend.add(factory);
}
backend.add(dynamicPluginsFeatureLoader);
backend.add(scalprum);
backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('./dist/demoAuthProvider/index.cjs.js'));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./dist/demoPermissionPolicy.cjs.js'));
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));

backend.start().catch(error => {
  console.error(error);
  process.exit(1);
});
