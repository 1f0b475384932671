import {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { ApiKeysConfig } from '../config';
import { ApiKeyStore } from '../database/ApiKeyStore';
import { KeyMetrics } from '../observability/metrics/KeyMetrics';
import { UsageRecorder } from '../verification/UsageRecorder';
import { NotificationSink } from './NotificationSink';
import { Notifier } from './Notifier';
import { readPortalUrl } from './readPortalUrl';

/** Creates the sink that sends messages to people by Backstage's notifications. */
export function createNotificationSink(options: {
  config: ApiKeysConfig;
  store: ApiKeyStore;
  recorder: UsageRecorder;
  notifications: NotificationService;
  rootConfig: RootConfigService;
  metrics: KeyMetrics;
  logger: LoggerService;
}): NotificationSink {
  const { config, store, metrics } = options;
  return new NotificationSink({
    ...options,
    keys: store,
    notifier: new Notifier({
      ...options,
      onFailed: () => metrics.noticeFailed(),
    }),
    admins: config.admins,
    onCreation: config.warnings.onCreation,
    portalUrl: readPortalUrl(options.rootConfig),
    onWarned: (count, kind) => metrics.warned(count, kind),
    onLost: () => metrics.noticeLost(),
  });
}
