import { DatabaseService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  NotificationSendOptions,
  NotificationService,
} from '@backstage/plugin-notifications-node';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import { readApiKeysConfig } from '../config';
import { DatabaseApiKeyStore } from '../database/DatabaseApiKeyStore';
import { DatabaseOutbox } from '../database/DatabaseOutbox';
import { DatabaseWarnings } from '../database/DatabaseWarnings';
import { NotificationSink } from '../notifications/NotificationSink';
import { Notifier } from '../notifications/Notifier';
import { SinkWorker } from '../outbox/SinkWorker';
import { KeyWarner } from '../warnings/KeyWarner';
import { planOf } from '../warnings/rules';

/** A notification, and whom it goes to. */
export type SentNotice = NotificationSendOptions['payload'] & { to: string };

/** Notifications that remember what they were told, and may be told to fail or to wait. */
export class FakeNotifications implements NotificationService {
  readonly sent: SentNotice[] = [];
  /** Called with each before it counts as sent. */
  before: (notice: SentNotice) => Promise<void> = async () => {};

  async send({ recipients, payload }: NotificationSendOptions) {
    const to = 'entityRef' in recipients ? recipients.entityRef : [];
    const notice = { ...payload, to: [to].flat().join() };
    await this.before(notice);
    this.sent.push(notice);
  }
}

/** Warns and notifies owners on one replica, as `plugin.ts` puts it together. */
export async function warnerOn(
  database: DatabaseService,
  notifications: NotificationService,
  apiKeys: JsonObject = {},
) {
  const config = readApiKeysConfig(new ConfigReader({ apiKeys }));
  const logger = mockServices.logger.mock();
  const onWarned = jest.fn();
  const plan = planOf(config.warnings);
  const warnings = await DatabaseWarnings.create({ database });
  const warner = new KeyWarner({ plan, warnings });
  const sink = new NotificationSink({
    keys: await DatabaseApiKeyStore.create({ database }),
    recorder: { flushKeys: async () => {} },
    notifier: new Notifier({ notifications }),
    admins: config.admins,
    onCreation: false,
    portalUrl: 'https://portal.example.com',
    restMs: 0,
    onWarned,
  });
  const outbox = await DatabaseOutbox.create({ database });
  await outbox.addSink(sink.name);
  const worker = new SinkWorker({ sink, outbox, logger });
  return {
    warner,
    warnings,
    plan,
    logger,
    onWarned,
    notify: () => worker.runOnce(),
    /** Warns, and has owners notified of it. */
    async run(signal?: AbortSignal) {
      await warner.run(signal);
      await worker.runOnce();
    },
  };
}

/** Has what failed tried again with the next run. */
export async function endBackoff(knex: Knex): Promise<void> {
  await knex('api_key_event_sinks').update({ retry_at: 0 });
}

/** Sets the clock alone, which stands still unless it `runs`: the database and its connections go by real timers. */
export function fakeDate(now: number, { runs = false } = {}) {
  jest.useFakeTimers({
    now,
    advanceTimers: runs,
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
}
