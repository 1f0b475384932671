import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { createConditionTransformer } from '@backstage/plugin-permission-node';
import { apiKeyPermissions } from 'backstage-plugin-api-keys-common';
import {
  apiKeyRuntimeServiceRef,
  apiKeysServiceRef,
} from 'backstage-plugin-api-keys-node';
import { checkAuthConfig, readApiKeysConfig } from './config';
import { DatabaseApiKeyStore } from './database/DatabaseApiKeyStore';
import { apiKeyPermissionRules, apiKeyResourceRef } from './permissions/rules';
import { Callers } from './router/callers';
import { createRouter } from './router/createRouter';
import { SecretDigests } from './secret/SecretDigests';
import { ApiKeyAdministration } from './service/ApiKeyAdministration';
import { AuthorizedApiKeyService } from './service/AuthorizedApiKeyService';
import { DefaultApiKeyService } from './service/DefaultApiKeyService';
import { DefaultApiKeyVerifier } from './verification/DefaultApiKeyVerifier';
import { RefusalRecorder } from './verification/RefusalRecorder';
import { UseRecorder } from './verification/UseRecorder';

/**
 * The backend plugin `api-keys` alone: it keeps keys and verifies them. For requests to be accepted that carry one, a
 * backend also needs what the default export of this package brings along.
 *
 * @public
 */
export const apiKeysPlugin = createBackendPlugin({
  pluginId: 'api-keys',
  register(reg) {
    reg.registerInit({
      deps: {
        apiKeys: apiKeysServiceRef,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        instance: coreServices.rootInstanceMetadata,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
        runtime: apiKeyRuntimeServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init({ logger, lifecycle, permissionsRegistry, ...deps }) {
        const config = readApiKeysConfig(deps.rootConfig);
        checkAuthConfig(deps.rootConfig);
        const plugins = await deps.instance.getInstalledPlugins();
        if (!plugins.some(({ pluginId }) => pluginId === 'auth')) {
          logger.warn(
            `API keys will be refused: this backend has no auth plugin, add backend.add(import('@backstage/plugin-auth-backend'))`,
          );
        }

        const store = await DatabaseApiKeyStore.create(deps);
        const digests = new SecretDigests(config.secret.peppers);
        const recorder = new UseRecorder({
          store,
          logger,
          ...config.lastUsed,
        });
        // A plugin's hooks run before the database pool goes, the root's together with it.
        lifecycle.addShutdownHook(() => recorder.stop());
        deps.runtime.provideVerifier(
          new DefaultApiKeyVerifier({
            store,
            digests,
            recorder,
            refusals: new RefusalRecorder({
              store,
              logger,
              recordIp: config.lastUsed.recordIp,
            }),
            logger,
            inactivityGrace: config.lastUsed.resolution,
          }),
        );

        permissionsRegistry.addResourceType({
          resourceRef: apiKeyResourceRef,
          permissions: apiKeyPermissions,
          rules: Object.values(apiKeyPermissionRules),
          getResources: async ids => {
            const keys = await store.findByIds(ids);
            return ids.map(id => keys.find(key => key.id === id));
          },
        });
        const unguardedService = new DefaultApiKeyService({
          config,
          store,
          digests,
        });
        const service = new AuthorizedApiKeyService({
          inner: unguardedService,
          permissions: deps.permissions,
          transform: createConditionTransformer(
            permissionsRegistry.getPermissionRuleset(apiKeyResourceRef),
          ),
        });
        deps.httpRouter.use(
          createRouter({
            service,
            unguardedService,
            administration: new ApiKeyAdministration({
              service: unguardedService,
              permissions: deps.permissions,
              permissionsEnabled:
                deps.rootConfig.getOptionalBoolean('permission.enabled') ??
                false,
              admins: config.admins,
            }),
            callers: new Callers(deps),
            logger,
          }),
        );
        deps.httpRouter.addAuthPolicy({
          path: '/v1/revoke',
          allow: 'unauthenticated',
        });
      },
    });
  },
});
