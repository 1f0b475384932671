import { LifecycleService, LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { ApiKeysConfig } from '../config';
import { Stores } from '../database/stores';
import { CustomSinks } from './CustomSinks';
import { EventDispatcher } from './EventDispatcher';
import { EventSink } from './EventSink';
import { EventsTopicSink } from './EventsTopicSink';
import { WebhookSink } from './webhooks/WebhookSink';

/** Creates the sinks for the events of keys, and starts their delivery. */
export async function startOutbox(options: {
  config: ApiKeysConfig;
  customSinks: CustomSinks;
  events: EventsService;
  notifications: EventSink;
  stores: Pick<Stores, 'outbox'>;
  lifecycle: LifecycleService;
  logger: LoggerService;
}): Promise<EventDispatcher> {
  const { config, stores, customSinks, notifications } = options;
  return EventDispatcher.create({
    ...options,
    outbox: stores.outbox,
    sinks: [
      notifications,
      new EventsTopicSink(options),
      ...config.webhooks.map(webhook => new WebhookSink(webhook)),
      ...customSinks.sinks,
    ],
  });
}
