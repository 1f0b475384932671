import {
  LifecycleService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { ApiKeysConfig } from '../config';
import { ApiKeyStore } from '../database/ApiKeyStore';
import { KeyMetrics } from '../metrics/KeyMetrics';
import { UseRecorder } from '../verification/UseRecorder';
import { KeyNotices } from './KeyNotices';
import { Notifier } from './Notifier';
import { readPortalUrl } from './readPortalUrl';

/** Puts together what tells owners of their keys in this process, and stops with it. */
export function startNotices(options: {
  config: ApiKeysConfig;
  store: ApiKeyStore;
  recorder: UseRecorder;
  notifications: NotificationService;
  rootConfig: RootConfigService;
  metrics: KeyMetrics;
  lifecycle: LifecycleService;
  logger: LoggerService;
}): { notifier: Notifier; notices: KeyNotices } {
  const { config, store, metrics, lifecycle } = options;
  const notifier = new Notifier({
    ...options,
    onFailed: () => metrics.noticeFailed(),
  });
  const notices = new KeyNotices({
    ...options,
    keys: store,
    notifier,
    admins: config.admins,
    onCreation: config.warnings.onCreation,
    portalUrl: readPortalUrl(options.rootConfig),
    onLost: () => metrics.noticeLost(),
  });
  lifecycle.addShutdownHook(() => notices.stop());
  return { notifier, notices };
}
