import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { createConditionTransformer } from '@backstage/plugin-permission-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { apiKeyPermissions } from 'backstage-plugin-api-keys-common';
import {
  apiKeyRuntimeServiceRef,
  apiKeysServiceRef,
} from 'backstage-plugin-api-keys-node';
import { ActionCallers } from './actions/ActionCallers';
import { registerActions } from './actions/registerActions';
import { Audit } from './audit/Audit';
import { checkAuthConfig, readApiKeysConfig } from './config';
import { DatabaseApiKeyStore } from './database/DatabaseApiKeyStore';
import { KeyEventPublisher } from './events/KeyEventPublisher';
import { reportStart } from './health/reportStart';
import { warnOfUnknownAdmins } from './health/warnOfUnknownAdmins';
import { KeyCounts } from './metrics/KeyCounts';
import { KeyMetrics } from './metrics/KeyMetrics';
import { apiKeyPermissionRules, apiKeyResourceRef } from './permissions/rules';
import { startRetention } from './retention/startRetention';
import { Callers } from './router/callers';
import { createRouter } from './router/createRouter';
import { SecretDigests } from './secret/SecretDigests';
import { AdminAccess } from './service/AdminAccess';
import { ApiKeyAdministration } from './service/ApiKeyAdministration';
import { ApiKeyInventory } from './service/ApiKeyInventory';
import { ApiKeyTrail } from './service/ApiKeyTrail';
import { ApiKeyWarnings } from './service/ApiKeyWarnings';
import { AuthorizedApiKeyService } from './service/AuthorizedApiKeyService';
import { DefaultApiKeyService } from './service/DefaultApiKeyService';
import { CatalogOwners } from './offboarding/CatalogOwners';
import { startOffboarding } from './offboarding/startOffboarding';
import { KeyNotices } from './notifications/KeyNotices';
import { Notifier } from './notifications/Notifier';
import { OwnerPolicies } from './policies/OwnerPolicies';
import { ChoosablePlugins } from './restrictions/ChoosablePlugins';
import { KeyChecks } from './service/KeyChecks';
import { KeyTransfers } from './service/KeyTransfers';
import { SecretHolders } from './service/SecretHolders';
import { KeySignals } from './signals/KeySignals';
import { startVerification } from './verification/startVerification';
import { startWarnings } from './warnings/startWarnings';

/** During a rolling restart, a replica with the old configuration may have made keys since. */
const ENFORCE_POLICIES_EVERY = { hours: 1 };

const LOOK_FOR_ADMINS_EVERY = { days: 1 };
/** A catalog that has just started takes its entities in. */
const CATALOG_STARTS_WITHIN = { minutes: 2 };

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
        actionsRegistry: actionsRegistryServiceRef,
        apiKeys: apiKeysServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        instance: coreServices.rootInstanceMetadata,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        // Nobody is told anything in a backend without the notifications plugin.
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
        runtime: apiKeyRuntimeServiceRef,
        scheduler: coreServices.scheduler,
        // Its messages go nowhere in a backend without the signals plugin.
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init({
        logger,
        lifecycle,
        permissionsRegistry,
        scheduler,
        ...deps
      }) {
        const config = readApiKeysConfig(deps.rootConfig);
        checkAuthConfig(deps.rootConfig);

        const store = await DatabaseApiKeyStore.create(deps);
        const metrics = new KeyMetrics(deps);
        const keyCounts = new KeyCounts({ store, logger });
        metrics.watchKeys(() => keyCounts.get());
        const notifier = new Notifier({
          ...deps,
          onFailed: () => metrics.noticeFailed(),
        });
        const notices = new KeyNotices({
          keys: store,
          notifier,
          logger,
          admins: config.admins,
          onCreation: config.warnings.onCreation,
        });
        lifecycle.addShutdownHook(() => notices.stop());
        const listeners = [
          new KeySignals({ signals: deps.signals, logger }),
          notices,
          new KeyEventPublisher({ events: deps.events, logger }),
        ];
        store.subscribe(...listeners);
        const audit = new Audit({ auditor: deps.auditor, logger });
        const policies = new OwnerPolicies({
          configured: config,
          store,
          audit,
        });
        await policies.enforceForAll();
        await scheduler.scheduleTask({
          id: 'api-keys-enforce-policies',
          frequency: ENFORCE_POLICIES_EVERY,
          timeout: ENFORCE_POLICIES_EVERY,
          scope: 'global',
          fn: () => policies.enforceForAll(),
        });
        const owners = new CatalogOwners(deps);
        await startOffboarding({
          config,
          store,
          owners,
          audit,
          scheduler,
          logger,
        });
        await scheduler.scheduleTask({
          id: 'api-keys-look-for-admins',
          frequency: LOOK_FOR_ADMINS_EVERY,
          initialDelay: CATALOG_STARTS_WITHIN,
          timeout: { minutes: 1 },
          // Of this process: it is about the configuration that it was started with.
          scope: 'local',
          fn: () =>
            warnOfUnknownAdmins({ admins: config.admins, logger, ...deps }),
        });
        const startedWarnings = await startWarnings({
          config,
          database: deps.database,
          listeners,
          scheduler,
          notifier,
          logger,
          onSent: (warnings, kind) => metrics.warned(warnings, kind),
        });
        await startRetention({ config, scheduler, logger, ...deps });
        const digests = new SecretDigests(config.secret.peppers);
        const verifier = await startVerification({
          config,
          store,
          digests,
          policies,
          audit,
          metrics,
          lifecycle,
          logger,
        });
        deps.runtime.provideVerifier(verifier);

        permissionsRegistry.addResourceType({
          resourceRef: apiKeyResourceRef,
          permissions: apiKeyPermissions,
          rules: Object.values(apiKeyPermissionRules),
          getResources: async ids => {
            const keys = await store.findByIds(ids);
            return ids.map(id => keys.find(key => key.id === id));
          },
        });
        const transform = createConditionTransformer(
          permissionsRegistry.getPermissionRuleset(apiKeyResourceRef),
        );
        const unguardedService = new DefaultApiKeyService({
          config,
          store,
          digests,
          policies,
        });
        const secretHolders = new SecretHolders({
          config,
          store,
          digests,
          audit,
        });
        const plugins = new ChoosablePlugins({ logger, ...deps });
        const service = new AuthorizedApiKeyService({
          inner: unguardedService,
          plugins,
          permissions: deps.permissions,
          ownershipOf: deps.runtime.ownershipOf,
          logger,
          transform,
        });
        const access = new AdminAccess({
          permissions: deps.permissions,
          permissionsEnabled:
            deps.rootConfig.getOptionalBoolean('permission.enabled') ?? false,
          admins: config.admins,
          transform,
        });
        deps.httpRouter.use(
          createRouter({
            service,
            secretHolders,
            administration: new ApiKeyAdministration({
              service: unguardedService,
              policies,
              secretHolders,
              transfers: new KeyTransfers({
                config,
                store,
                policies,
                owners,
                logger,
              }),
              access,
            }),
            inventory: new ApiKeyInventory({ store, access }),
            trail: new ApiKeyTrail({ store, access }),
            checks: new KeyChecks({ service, store, access, plugins, ...deps }),
            warnings: new ApiKeyWarnings({ ...startedWarnings, access }),
            callers: new Callers(deps),
            audit,
            auth: deps.auth,
            runtime: deps.runtime,
            logger,
          }),
        );
        // These look at credentials by themselves, or at the secret in the body instead.
        for (const path of ['/v1/revoke', '/v1/self/rotate']) {
          deps.httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
        }
        registerActions({
          service,
          callers: new ActionCallers(deps),
          audit,
          ...deps,
        });
        await reportStart({ config, logger, ...deps });
      },
    });
  },
});
