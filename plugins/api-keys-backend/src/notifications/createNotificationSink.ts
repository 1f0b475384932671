import {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { ApiKeysConfig } from '../config';
import { Stores } from '../database/stores';
import { KeyMetrics } from '../observability/metrics/KeyMetrics';
import { UsageRecorder } from '../verification/UsageRecorder';
import { NotificationSink } from './NotificationSink';
import { Notifier } from './Notifier';
import { readPortalUrl } from './readPortalUrl';

/** Creates the sink that sends messages to people by Backstage's notifications. */
export function createNotificationSink(options: {
  config: ApiKeysConfig;
  stores: Stores;
  recorder: UsageRecorder;
  notifications: NotificationService;
  rootConfig: RootConfigService;
  metrics: KeyMetrics;
  logger: LoggerService;
}): NotificationSink {
  const { config, stores, metrics } = options;
  return new NotificationSink({
    ...options,
    keys: stores.keys,
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
