import {
  PluginTokenHandler,
  pluginTokenHandlerDecoratorServiceRef,
} from '@backstage/backend-defaults/auth';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { apiKeyRuntimeServiceRef } from '../runtime';
import { readSecretPrefix } from '../secret';
import { ApiKeyTokenHandler } from './ApiKeyTokenHandler';
import { ExchangeClient } from './exchange';
import { SecretAuthenticator } from './SecretAuthenticator';

/**
 * The handler: makes `auth.authenticate` of every plugin accept API keys, as users.
 *
 * @public
 */
export const apiKeyTokenHandlerServiceFactory = createServiceFactory({
  service: pluginTokenHandlerDecoratorServiceRef,
  deps: {
    config: coreServices.rootConfig,
    discovery: coreServices.discovery,
    logger: coreServices.logger,
    plugin: coreServices.pluginMetadata,
    runtime: apiKeyRuntimeServiceRef,
    // Never `auth` or `httpAuth`: they depend on this service.
  },
  factory({ config, discovery, logger, plugin, runtime }) {
    const pluginId = plugin.getId();
    const secretPrefix = readSecretPrefix(config);
    return (inner: PluginTokenHandler) =>
      new ApiKeyTokenHandler({
        pluginId,
        secretPrefix,
        inner,
        runtime,
        secrets: new SecretAuthenticator({
          pluginId,
          runtime,
          exchangeClient: new ExchangeClient({
            pluginId,
            inner,
            discovery,
            logger,
          }),
        }),
      });
  },
});
