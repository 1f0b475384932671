import { DefaultHttpAuthService } from '@backstage/backend-defaults/httpAuth';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ReusingAuthService } from '../reuse/ReusingAuthService';
import { apiKeyRuntimeServiceRef } from '../runtime';
import { readSecretPrefix } from '../secret';
import { apiKeysServiceRef } from '../service/apiKeysServiceRef';
import { readAcceptedPlaces } from './AcceptedPlaces';
import { ApiKeyHttpAuthService } from './ApiKeyHttpAuthService';
import { credentialFinder } from './presentedCredential';

/**
 * The door: Backstage's HTTP authentication, aware of API keys.
 *
 * @public
 */
export const apiKeyHttpAuthServiceFactory = createServiceFactory({
  service: coreServices.httpAuth,
  deps: {
    apiKeys: apiKeysServiceRef,
    auth: coreServices.auth,
    config: coreServices.rootConfig,
    discovery: coreServices.discovery,
    plugin: coreServices.pluginMetadata,
    runtime: apiKeyRuntimeServiceRef,
  },
  factory({ apiKeys, auth, config, discovery, plugin, runtime }) {
    const pluginId = plugin.getId();
    const secretPrefix = readSecretPrefix(config);
    const places = readAcceptedPlaces(config);
    const gate = runtime.gates.get(pluginId);
    return new ApiKeyHttpAuthService({
      pluginId,
      secretPrefix,
      inner: DefaultHttpAuthService.create({
        // Without the handler there are no keys.
        auth: gate
          ? new ReusingAuthService({ secretPrefix, inner: auth, gate })
          : auth,
        discovery,
        pluginId,
        getTokenFromRequest: credentialFinder({ secretPrefix, places }),
      }),
      auth,
      apiKeys,
      openingKeys: runtime.openingKeys,
    });
  },
});
