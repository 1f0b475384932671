import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { DefaultHttpAuthService } from '../backstage/httpAuth';
import { AnswerGuard } from '../restrictions/guarded/AnswerGuard';
import { OwnPermissions } from '../restrictions/guarded/OwnPermissions';
import { CachingAuthService } from '../reuse/CachingAuthService';
import { apiKeyRuntimeServiceRef } from '../runtime';
import { readSecretPrefix } from '../secret';
import { apiKeysServiceRef } from '../service/apiKeysServiceRef';
import { readAcceptedPlaces } from './AcceptedPlaces';
import { ApiKeyHttpAuthService } from './ApiKeyHttpAuthService';
import { RequestAuthenticator } from './RequestAuthenticator';
import { requestAuthenticatorsOf } from './requestAuthenticators';

/**
 * Backstage's HTTP authentication, aware of API keys.
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
    const gate = runtime.gates.get(pluginId);
    const accept = readAcceptedPlaces(config);
    const requests = new RequestAuthenticator({
      pluginId,
      secretPrefix: readSecretPrefix(config),
      accept,
      runtime,
    });
    requestAuthenticatorsOf(runtime).set(pluginId, requests);
    return new ApiKeyHttpAuthService({
      pluginId,
      // The auth plugin takes no keys.
      offersBasic: accept.basic && pluginId !== 'auth',
      inner: DefaultHttpAuthService.create({
        // Without the token handler there are no keys.
        auth: gate
          ? new CachingAuthService({
              inner: auth,
              gate,
              tokenKeys: runtime.tokenKeys,
            })
          : auth,
        discovery,
        pluginId,
      }),
      auth,
      apiKeys,
      requests,
      answerGuard: new AnswerGuard({
        pluginId,
        checks: runtime.permissionChecks,
        ownPermissions: new OwnPermissions({ pluginId, auth, discovery }),
      }),
    });
  },
});
