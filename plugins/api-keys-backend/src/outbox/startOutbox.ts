import {
  DatabaseService,
  LifecycleService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { ApiKeysConfig } from '../config';
import { DatabaseApiKeyStore } from '../database/DatabaseApiKeyStore';
import { DatabaseOutbox } from '../database/DatabaseOutbox';
import { KeyMetrics } from '../metrics/KeyMetrics';
import { NotificationSink } from '../notifications/NotificationSink';
import { Notifier } from '../notifications/Notifier';
import { readPortalUrl } from '../notifications/readPortalUrl';
import { UseRecorder } from '../verification/UseRecorder';
import { CustomSinks } from './CustomSinks';
import { EventDispatcher } from './EventDispatcher';
import { EventsTopicSink } from './EventsTopicSink';
import { WebhookSink } from './webhooks/WebhookSink';

/** Creates the sinks for the events of keys, and starts their delivery. */
export async function startOutbox(options: {
  config: ApiKeysConfig;
  store: DatabaseApiKeyStore;
  recorder: UseRecorder;
  customSinks: CustomSinks;
  events: EventsService;
  notifications: NotificationService;
  database: DatabaseService;
  rootConfig: RootConfigService;
  metrics: KeyMetrics;
  lifecycle: LifecycleService;
  logger: LoggerService;
}): Promise<EventDispatcher> {
  const { config, store, metrics, customSinks } = options;
  const notifier = new Notifier({
    ...options,
    onFailed: () => metrics.noticeFailed(),
  });
  const notifications = new NotificationSink({
    ...options,
    keys: store,
    notifier,
    admins: config.admins,
    onCreation: config.warnings.onCreation,
    portalUrl: readPortalUrl(options.rootConfig),
    onWarned: (count, kind) => metrics.warned(count, kind),
    onLost: () => metrics.noticeLost(),
  });
  return EventDispatcher.create({
    ...options,
    outbox: await DatabaseOutbox.create(options),
    sinks: [
      notifications,
      new EventsTopicSink(options),
      ...config.webhooks.map(webhook => new WebhookSink(webhook)),
      ...customSinks.sinks,
    ],
  });
}
