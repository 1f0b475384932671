import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  apiKeyEventSinkExtensionPoint,
  apiKeysServiceRef,
} from 'backstage-plugin-api-keys-node';
import { apiKeyRuntimeServiceRef } from 'backstage-plugin-api-keys-node/internal';
import { ActionCallers } from './actions/ActionCallers';
import { registerActions } from './actions/registerActions';
import { Audit } from './observability/audit/Audit';
import { actionsRegistryServiceRef } from './backstage/actionsRegistry';
import { metricsServiceRef } from './backstage/metrics';
import {
  checkAuthConfig,
  checkDatabaseConfig,
  readApiKeysConfig,
} from './config';
import { openStores } from './database/stores';
import { logStartupSummary } from './observability/startup/logStartupSummary';
import { startAdminCheck } from './observability/startup/startAdminCheck';
import { LeakReporters } from './leaks/LeakReporters';
import { KeyCounts } from './observability/metrics/KeyCounts';
import { KeyMetrics } from './observability/metrics/KeyMetrics';
import { redactingLogger } from './lib/redactingLogger';
import { createNotificationSink } from './notifications/createNotificationSink';
import { CatalogOwners } from './jobs/offboarding/CatalogOwners';
import { IdentityChecks } from './jobs/offboarding/IdentityChecks';
import { OwnerIdentities } from './jobs/offboarding/OwnerIdentities';
import { startOffboarding } from './jobs/offboarding/startOffboarding';
import { AuthPluginSessions } from './jobs/offlineSessions/AuthPluginSessions';
import { OfflineSessions } from './jobs/offlineSessions/OfflineSessions';
import { CustomSinks } from './outbox/CustomSinks';
import { startOutbox } from './outbox/startOutbox';
import { registerKeyResources } from './permissions/registerKeyResources';
import { startPolicies } from './policies/startPolicies';
import { startRetention } from './jobs/retention/startRetention';
import { Callers } from './router/callers';
import { createRouter } from './router/createRouter';
import { SecretDigests } from './verification/SecretDigests';
import { createServices } from './service/createServices';
import { KeySignals } from './outbox/signals/KeySignals';
import { CachedKeys } from './verification/CachedKeys';
import { startUsageRecorder } from './verification/startUsageRecorder';
import { startVerification } from './verification/startVerification';
import { startWarnings } from './jobs/warnings/startWarnings';

/**
 * Backend plugin `api-keys` on its own: it stores keys and verifies them. For requests with keys to be accepted, a
 * backend also needs the other features of this package's default export.
 *
 * @public
 */
export const apiKeysPlugin = createBackendPlugin({
  pluginId: 'api-keys',
  register(reg) {
    const customSinks = new CustomSinks();
    reg.registerExtensionPoint(apiKeyEventSinkExtensionPoint, customSinks);
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
        // Sending fails in a backend without the notifications plugin.
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
        runtime: apiKeyRuntimeServiceRef,
        scheduler: coreServices.scheduler,
        // Its messages are discarded in a backend without the signals plugin.
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(injected) {
        const logger = redactingLogger(injected.logger);
        const deps = { ...injected, logger };
        const config = readApiKeysConfig(deps.rootConfig);
        checkAuthConfig(deps.rootConfig);
        checkDatabaseConfig(deps.rootConfig);
        const given = { ...deps, config };

        const stores = await openStores(deps);
        const metrics = new KeyMetrics(deps);
        const keyCounts = new KeyCounts({ ...deps, keys: stores.keys });
        metrics.watchKeys(() => keyCounts.get());
        const cache = new CachedKeys({ stores, ...config.verification });
        const recorder = startUsageRecorder({
          ...given,
          stores,
          cache,
          metrics,
        });
        const notifications = createNotificationSink({
          ...given,
          stores,
          recorder,
          metrics,
        });
        const dispatcher = await startOutbox({
          ...given,
          stores,
          notifications,
          customSinks,
        });
        stores.listeners.add(new KeySignals(deps), dispatcher);

        const audit = new Audit(deps);
        const policies = await startPolicies({ ...given, stores, audit });
        const { identityAnnotations } = config.owners;
        const owners = new CatalogOwners({ ...deps, identityAnnotations });
        const watched = {
          ...given,
          stores,
          owners,
          audit,
          identityAnnotations,
        };
        const checks = new IdentityChecks(watched);
        const identities = new OwnerIdentities({ ...watched, checks });
        const offlineSessions = new OfflineSessions({
          ...watched,
          sessions: new AuthPluginSessions(deps),
        });
        await startOffboarding({ ...watched, checks, offlineSessions });
        await startAdminCheck(given);
        const warnings = await startWarnings({ ...given, stores });
        await startRetention({ ...given, stores });

        const digests = new SecretDigests(config.secret.peppers);
        const verifier = await startVerification({
          ...given,
          stores,
          cache,
          recorder,
          digests,
          policies,
          identities,
          audit,
          metrics,
        });
        deps.runtime.provideVerifier(verifier);

        const services = createServices({
          ...given,
          stores,
          digests,
          policies,
          owners,
          identities,
          offlineSessions,
          warnings,
          verifier,
          recorder,
          transform: registerKeyResources({ ...deps, stores }),
          audit,
        });
        deps.httpRouter.use(
          createRouter({
            ...given,
            ...services,
            leaks: config.leaks && {
              action: config.leaks.action,
              senders: new LeakReporters({ config: config.leaks, logger }),
            },
            callers: new Callers(deps),
            audit,
          }),
        );
        // Routes that check the credentials themselves, or the secret in the body instead.
        for (const path of [
          '/v1/verify',
          '/v1/revoke',
          '/v1/self/rotate',
          '/v1/leaks',
        ]) {
          deps.httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
        }
        registerActions({
          ...deps,
          ...services,
          callers: new ActionCallers(deps),
          audit,
        });
        await logStartupSummary(given);
      },
    });
  },
});
