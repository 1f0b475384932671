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
import { openStores } from '../database/stores';
import { NotificationSink } from '../notifications/NotificationSink';
import { Notifier } from '../notifications/Notifier';
import { SinkWorker } from '../outbox/SinkWorker';
import { KeyWarner } from '../jobs/warnings/KeyWarner';
import { planOf } from '../lifecycle/warningPlan';

/** Notification with its recipients. */
export type SentNotice = NotificationSendOptions['payload'] & { to: string };

/** Records notifications; `before` lets a test make sending fail or wait. */
export class FakeNotifications implements NotificationService {
  readonly sent: SentNotice[] = [];
  /** Called for each notification before it counts as sent. */
  before: (notice: SentNotice) => Promise<void> = async () => {};

  async send({ recipients, payload }: NotificationSendOptions) {
    const to = 'entityRef' in recipients ? recipients.entityRef : [];
    const notice = { ...payload, to: [to].flat().join() };
    await this.before(notice);
    this.sent.push(notice);
  }
}

/** Creates the warnings and notifications of one replica, composed as in `plugin.ts`. */
export async function warnerOn(
  database: DatabaseService,
  notifications: NotificationService,
  apiKeys: JsonObject = {},
) {
  const config = readApiKeysConfig(new ConfigReader({ apiKeys }));
  const logger = mockServices.logger.mock();
  const onWarned = jest.fn();
  const plan = planOf(config.warnings);
  const { keys, warnings, outbox } = await openStores({ database });
  const warner = new KeyWarner({ plan, warnings });
  const sink = new NotificationSink({
    keys,
    recorder: { flushKeys: async () => {} },
    notifier: new Notifier({ notifications }),
    admins: config.admins,
    onCreation: false,
    portalUrl: 'https://portal.example.com',
    restMs: 0,
    onWarned,
  });
  await outbox.addSinks([sink.name]);
  const worker = new SinkWorker({ sink, outbox, logger });
  return {
    warner,
    warnings,
    plan,
    logger,
    onWarned,
    notify: () => worker.runOnce(),
    /** Creates due warnings and sends their notifications. */
    async run(signal?: AbortSignal) {
      await warner.run(signal);
      await worker.runOnce();
    },
  };
}

/** Makes failed deliveries due again at the next run. */
export async function endBackoff(knex: Knex): Promise<void> {
  await knex('api_key_event_sinks').update({ retry_at: 0 });
}

/** Fakes only `Date`, which stands still unless it `runs`: the database and its connections need real timers. */
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
