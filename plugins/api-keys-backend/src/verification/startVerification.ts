import { LifecycleService, LoggerService } from '@backstage/backend-plugin-api';
import { Audit } from '../observability/audit/Audit';
import { ApiKeysConfig } from '../config';
import { Stores } from '../database/stores';
import { KeyMetrics } from '../observability/metrics/KeyMetrics';
import { OwnerIdentities } from '../jobs/offboarding/OwnerIdentities';
import { OwnerPolicies } from '../policies/OwnerPolicies';
import { SecretDigests } from './SecretDigests';
import { CachedKeys } from './CachedKeys';
import { ChangePoller } from './ChangePoller';
import { DefaultApiKeyVerifier } from './DefaultApiKeyVerifier';
import { KeyProofs } from './KeyProofs';
import { DenialRecorder } from './DenialRecorder';
import { UsageRecorder } from './UsageRecorder';

/** Creates the verification of keys in this process, which stops with the backend. */
export async function startVerification(options: {
  config: ApiKeysConfig;
  stores: Stores;
  cache: CachedKeys;
  recorder: UsageRecorder;
  digests: SecretDigests;
  policies: OwnerPolicies;
  identities: OwnerIdentities;
  audit: Audit;
  metrics: KeyMetrics;
  lifecycle: LifecycleService;
  logger: LoggerService;
}): Promise<DefaultApiKeyVerifier> {
  const { config, stores, cache, metrics, lifecycle } = options;
  const { maxStaleness } = config.verification;
  stores.listeners.add(cache);
  metrics.watchCache(() => cache.size);
  if (maxStaleness > 0) {
    const poller = new ChangePoller({ ...options, maxStaleness });
    await poller.start();
    lifecycle.addShutdownHook(() => poller.stop());
  }
  return new DefaultApiKeyVerifier({
    ...options,
    proofs: new KeyProofs({ ...options, stored: stores.digests }),
    tokenBindings: stores.tokenBindings,
    refusals: new DenialRecorder({
      ...options,
      recordIp: config.lastUsed.recordIp,
    }),
    inactivityGrace: config.lastUsed.resolution,
  });
}
