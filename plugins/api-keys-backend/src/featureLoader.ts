import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import { apiKeyServiceFactories } from 'backstage-plugin-api-keys-node';
import authModuleApiKeyProvider from 'backstage-plugin-auth-backend-module-api-key-provider';
import { findBackendDefaultsVersion } from './backstage/installedVersion';
import { checkDatabaseConfig } from './config';
import { requireSupportedBackstage } from './observability/startup/checkBackstage';
import { serviceCheckModule } from './observability/startup/serviceCheck';
import { apiKeysPlugin } from './plugin';

/**
 * Everything that a backend needs for API keys: the plugin, the auth provider and the services that make every plugin
 * accept keys and enforce their restrictions.
 *
 * @public
 */
export const apiKeysFeatureLoader = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  *loader({ config }) {
    requireSupportedBackstage(findBackendDefaultsVersion());
    // Must precede the plugin: Backstage stores the signing keys of plugins in their databases, which it creates at
    // once.
    checkDatabaseConfig(config);
    yield apiKeysPlugin;
    yield serviceCheckModule;
    yield authModuleApiKeyProvider;
    yield* apiKeyServiceFactories;
  },
});
