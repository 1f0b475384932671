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
  apiKeyRuntimeServiceRef,
  apiKeysServiceRef,
} from 'backstage-plugin-api-keys-node';
import { ActionCallers } from './actions/ActionCallers';
import { registerActions } from './actions/registerActions';
import { Audit } from './audit/Audit';
import { actionsRegistryServiceRef } from './backstage/actionsRegistry';
import { metricsServiceRef } from './backstage/metrics';
import {
  checkAuthConfig,
  checkDatabaseConfig,
  readApiKeysConfig,
} from './config';
import { DatabaseApiKeyStore } from './database/DatabaseApiKeyStore';
import { reportStart } from './health/reportStart';
import { startLookingForAdmins } from './health/startLookingForAdmins';
import { LeakSenders } from './leaks/LeakSenders';
import { KeyCounts } from './metrics/KeyCounts';
import { KeyMetrics } from './metrics/KeyMetrics';
import { redactingLogger } from './lib/redactingLogger';
import { CatalogOwners } from './offboarding/CatalogOwners';
import { IdentityChecks } from './offboarding/IdentityChecks';
import { OwnerIdentities } from './offboarding/OwnerIdentities';
import { startOffboarding } from './offboarding/startOffboarding';
import { AuthPluginSessions } from './offlineSessions/AuthPluginSessions';
import { OfflineSessions } from './offlineSessions/OfflineSessions';
import { CustomSinks } from './outbox/CustomSinks';
import { startOutbox } from './outbox/startOutbox';
import { registerKeyResources } from './permissions/registerKeyResources';
import { startPolicies } from './policies/startPolicies';
import { startRetention } from './retention/startRetention';
import { Callers } from './router/callers';
import { createRouter } from './router/createRouter';
import { SecretDigests } from './secret/SecretDigests';
import { createServices } from './service/createServices';
import { KeySignals } from './signals/KeySignals';
import { CachedKeys } from './verification/CachedKeys';
import { startUseRecorder } from './verification/startUseRecorder';
import { startVerification } from './verification/startVerification';
import { startWarnings } from './warnings/startWarnings';

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

        const store = await DatabaseApiKeyStore.create(deps);
        const metrics = new KeyMetrics(deps);
        const keyCounts = new KeyCounts({ ...deps, store });
        metrics.watchKeys(() => keyCounts.get());
        const cache = new CachedKeys({ store, ...config.verification });
        const recorder = startUseRecorder({ ...given, store, cache, metrics });
        const dispatcher = await startOutbox({
          ...given,
          store,
          recorder,
          customSinks,
          metrics,
        });
        const listeners = [new KeySignals(deps), dispatcher];
        store.subscribe(...listeners);

        const audit = new Audit(deps);
        const policies = await startPolicies({ ...given, store, audit });
        const { identityAnnotations } = config.owners;
        const owners = new CatalogOwners({ ...deps, identityAnnotations });
        const watched = { ...given, store, owners, audit, identityAnnotations };
        const checks = new IdentityChecks(watched);
        const identities = new OwnerIdentities({ ...watched, checks });
        const offlineSessions = new OfflineSessions({
          ...watched,
          sessions: new AuthPluginSessions(deps),
        });
        await startOffboarding({ ...watched, checks, offlineSessions });
        await startLookingForAdmins(given);
        const warnings = await startWarnings({ ...given, listeners });
        await startRetention(given);

        const digests = new SecretDigests(config.secret.peppers);
        const verifier = await startVerification({
          ...given,
          store,
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
          store,
          digests,
          policies,
          owners,
          identities,
          offlineSessions,
          warnings,
          verifier,
          recorder,
          transform: registerKeyResources({ ...deps, store }),
          audit,
        });
        deps.httpRouter.use(
          createRouter({
            ...given,
            ...services,
            leaks: config.leaks && {
              action: config.leaks.action,
              senders: new LeakSenders({ config: config.leaks, logger }),
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
        await reportStart(given);
      },
    });
  },
});
