import { LifecycleService, LoggerService } from '@backstage/backend-plugin-api';
import { ApiKeysConfig } from '../config';
import { Stores } from '../database/stores';
import { KeyMetrics } from '../observability/metrics/KeyMetrics';
import { CachedKeys } from './CachedKeys';
import { UsageRecorder } from './UsageRecorder';

/** Writes uses from now on, until the backend stops. */
export function startUsageRecorder(options: {
  config: ApiKeysConfig;
  stores: Stores;
  cache: CachedKeys;
  metrics: KeyMetrics;
  lifecycle: LifecycleService;
  logger: LoggerService;
}): UsageRecorder {
  const { config, stores, cache, metrics, lifecycle } = options;
  const recorder = new UsageRecorder({
    ...options,
    ...config.lastUsed,
    lastUseOf: keyId => cache.peekById(keyId)?.lastUsedAt,
  });
  metrics.watchBuffer(() => recorder.waiting);
  stores.listeners.add(recorder);
  // Hooks of a plugin run before the database pool closes; root hooks run at the same time.
  lifecycle.addShutdownHook(() => recorder.stop());
  recorder.start();
  return recorder;
}
