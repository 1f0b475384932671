import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { DefaultHttpAuthService } from '../backstage/httpAuth';
import { AnswerGuard } from '../restrictions/guarded/AnswerGuard';
import { OwnPermissions } from '../restrictions/guarded/OwnPermissions';
import { cachingAuthServiceRef } from '../reuse/cachingAuthServiceRef';
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
    cachingAuth: cachingAuthServiceRef,
    config: coreServices.rootConfig,
    discovery: coreServices.discovery,
    plugin: coreServices.pluginMetadata,
    runtime: apiKeyRuntimeServiceRef,
  },
  factory({ apiKeys, auth, cachingAuth, config, discovery, plugin, runtime }) {
    const pluginId = plugin.getId();
    const accept = readAcceptedPlaces(config);
    const requests = new RequestAuthenticator({
      pluginId,
      secretPrefix: readSecretPrefix(config),
      accept,
      runtime,
      auth: cachingAuth,
    });
    requestAuthenticatorsOf(runtime).set(pluginId, requests);
    return new ApiKeyHttpAuthService({
      pluginId,
      // The auth plugin takes no keys.
      offersBasic: accept.basic && pluginId !== 'auth',
      inner: DefaultHttpAuthService.create({
        auth: cachingAuth,
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
        seesChecks: () => runtime.hasService('permissions'),
      }),
    });
  },
});
