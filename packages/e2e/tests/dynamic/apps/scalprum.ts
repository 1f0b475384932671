import { loadModuleFederationHostShared } from '@backstage/module-federation-common';
import { AppsConfig, initialize, processManifest } from '@scalprum/core';

type Exports = Record<string, any>;
const MODULE = 'PluginRoot';

/** Modules that this app shares, in the form that webpack containers expect. */
async function shareScope() {
  const shared = await loadModuleFederationHostShared();
  return Object.fromEntries(
    Object.entries(shared).map(([name, { version, lib }]) => [
      name,
      { [version]: { get: async () => lib, from: 'app', loaded: 1 } },
    ]),
  );
}

/** Loads the plugins that the backend lists, and returns the exports of each. */
export async function loadScalprumPlugins(
  backendUrl: string,
): Promise<Record<string, Exports>> {
  const response = await fetch(`${backendUrl}/api/scalprum/plugins`);
  const appsConfig: AppsConfig = await response.json();
  const sharedScope = await shareScope();
  // Global of the webpack runtime, which this app does not have.
  Object.assign(window, { __webpack_share_scopes__: { default: sharedScope } });
  const { pluginStore } = initialize({
    appsConfig,
    pluginLoaderOptions: {
      sharedScope,
      transformPluginManifest: manifest => ({
        ...manifest,
        loadScripts: manifest.loadScripts.map(
          script => `${backendUrl}/api/scalprum/${manifest.name}/${script}`,
        ),
      }),
    },
  });
  const loaded = Object.values(appsConfig).map(
    async ({ name, manifestLocation }) => {
      await processManifest(manifestLocation!, name, MODULE);
      const exports = await pluginStore.getExposedModule<Exports>(name, MODULE);
      return [name, exports] as const;
    },
  );
  return Object.fromEntries(await Promise.all(loaded));
}
