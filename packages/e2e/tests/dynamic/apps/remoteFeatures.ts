import {
  createFrontendFeatureLoader,
  FrontendFeature,
} from '@backstage/frontend-plugin-api';
import { loadModuleFederationHostShared } from '@backstage/module-federation-common';
import { createInstance } from '@module-federation/runtime';

/** Entry of `GET /.backstage/dynamic-features/remotes`. */
type Remote = {
  packageName: string;
  remoteInfo: { name: string; entry: string };
  exposedModules: string[];
};

/** Loads the default exports of all modules that dynamic plugins expose through module federation. */
export const remoteFeatures = createFrontendFeatureLoader({
  async *loader({ config }) {
    const backendUrl = config.getString('backend.baseUrl');
    const response = await fetch(
      `${backendUrl}/.backstage/dynamic-features/remotes`,
    );
    const remotes: Remote[] = await response.json();
    const federation = createInstance({
      name: 'app',
      remotes: remotes.map(({ packageName, remoteInfo }) => ({
        alias: packageName,
        ...remoteInfo,
      })),
      shared: await loadModuleFederationHostShared(),
    });
    for (const { remoteInfo, exposedModules } of remotes) {
      for (const exposed of exposedModules) {
        const id =
          exposed === '.' ? remoteInfo.name : `${remoteInfo.name}/${exposed}`;
        const loaded = await federation.loadRemote<{
          default: FrontendFeature;
        }>(id);
        if (!loaded) throw new Error(`There is no module ${id}`);
        yield loaded.default;
      }
    }
  },
});
