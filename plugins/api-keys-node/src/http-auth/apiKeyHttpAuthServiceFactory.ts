import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { API_KEY_DENIAL_REASONS } from 'backstage-plugin-api-keys-common';
import { DefaultHttpAuthService } from '../backstage/httpAuth';
import { AnswerGuard } from './AnswerGuard';
import { OwnPermissions } from '../restrictions/guarded/OwnPermissions';
import { cachingAuthServiceRef } from '../caching/cachingAuthServiceRef';
import { apiKeyRuntimeServiceRef } from '../authenticator/ApiKeyRuntime';
import { readSecretPrefix } from '../secret';
import { apiKeysServiceRef } from '../service/apiKeysServiceRef';
import { readCredentialSources } from './CredentialSources';
import { ApiKeyHttpAuthService } from './ApiKeyHttpAuthService';
import { RequestAuthenticator } from './RequestAuthenticator';
import { requestAuthenticatorsServiceRef } from './requestAuthenticators';

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
    authenticators: requestAuthenticatorsServiceRef,
    cachingAuth: cachingAuthServiceRef,
    config: coreServices.rootConfig,
    discovery: coreServices.discovery,
    plugin: coreServices.pluginMetadata,
    runtime: apiKeyRuntimeServiceRef,
  },
  factory({ apiKeys, auth, authenticators, cachingAuth, config, ...deps }) {
    const { discovery, plugin, runtime } = deps;
    const pluginId = plugin.getId();
    const accept = readCredentialSources(config);
    const requests = new RequestAuthenticator({
      pluginId,
      secretPrefix: readSecretPrefix(config),
      accept,
      runtime,
      auth: cachingAuth,
    });
    authenticators.set(pluginId, requests);
    runtime.presented.set(pluginId, requests);
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
        recordDenial: ({ key, use }) =>
          runtime.verifier.refused(key, use, API_KEY_DENIAL_REASONS.permission),
        ownPermissions: new OwnPermissions({ pluginId, auth, discovery }),
        seesChecks: () => runtime.hasService('permissions'),
      }),
    });
  },
});
