import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { DefaultApiKeyAuthenticator } from '../authenticator/DefaultApiKeyAuthenticator';
import { ExchangeClient } from '../authenticator/ExchangeClient';
import {
  innerTokenHandlerDecoratorServiceRef,
  PluginTokenHandler,
  pluginTokenHandlerDecoratorServiceRef,
} from '../backstage/tokenHandler';
import { PluginClient } from '../backstage/PluginClient';
import { apiKeyRuntimeServiceRef } from '../authenticator/ApiKeyRuntime';
import { readSecretPrefix } from '../secret';
import {
  API_KEYS_PLUGIN_ID,
  RemoteApiKeyVerifier,
} from '../verification/RemoteApiKeyVerifier';
import { ApiKeyTokenHandler } from './ApiKeyTokenHandler';

/**
 * The handler: makes `auth.authenticate` of every plugin accept API keys, as users.
 *
 * @public
 */
export const apiKeyTokenHandlerServiceFactory = createServiceFactory({
  service: pluginTokenHandlerDecoratorServiceRef,
  deps: {
    config: coreServices.rootConfig,
    decorateInner: innerTokenHandlerDecoratorServiceRef,
    discovery: coreServices.discovery,
    instance: coreServices.rootInstanceMetadata,
    lifecycle: coreServices.lifecycle,
    logger: coreServices.logger,
    plugin: coreServices.pluginMetadata,
    runtime: apiKeyRuntimeServiceRef,
    // Never `auth` or `httpAuth`: they depend on this service.
  },
  createRootContext: ({ runtime }) => runtime.noteService('tokenHandler'),
  async factory({ config, decorateInner, discovery, ...deps }) {
    const { instance, lifecycle, logger, plugin, runtime } = deps;
    const pluginId = plugin.getId();
    const secretPrefix = readSecretPrefix(config);
    const plugins = await instance.getInstalledPlugins();
    const isRemote = !plugins.some(one => one.pluginId === API_KEYS_PLUGIN_ID);
    return (stock: PluginTokenHandler) => {
      const inner = decorateInner(stock);
      const calls = new PluginClient({ pluginId, inner, discovery });
      if (isRemote) {
        const verifier = new RemoteApiKeyVerifier({ calls, logger });
        runtime.provideRemoteVerifier(verifier);
        lifecycle.addShutdownHook(() => verifier.stop());
      }
      const exchangeClient = new ExchangeClient({ calls, runtime, logger });
      const authenticator = new DefaultApiKeyAuthenticator({
        pluginId,
        runtime,
        exchangeClient,
      });
      runtime.authenticators.set(pluginId, authenticator);
      return new ApiKeyTokenHandler({
        pluginId,
        secretPrefix,
        inner,
        runtime,
        authenticator,
      });
    };
  },
});
