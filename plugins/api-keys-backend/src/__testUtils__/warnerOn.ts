import { DatabaseService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  NotificationSendOptions,
  NotificationService,
} from '@backstage/plugin-notifications-node';
import { JsonObject } from '@backstage/types';
import { readApiKeysConfig } from '../config';
import { DatabaseWarnings } from '../database/DatabaseWarnings';
import { Notifier } from '../notifications/Notifier';
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

/** What warns owners on one replica, as `plugin.ts` puts it together. */
export async function warnerOn(
  database: DatabaseService,
  notifications: NotificationService,
  apiKeys: JsonObject = {},
) {
  const config = readApiKeysConfig(new ConfigReader({ apiKeys }));
  const logger = mockServices.logger.mock();
  const onSent = jest.fn();
  const plan = planOf(config.warnings);
  const warnings = await DatabaseWarnings.create({ database });
  const warner = new KeyWarner({
    plan,
    warnings,
    notifier: new Notifier({ notifications }),
    logger,
    onSent,
    portalUrl: 'https://portal.example.com',
  });
  return { warner, warnings, plan, logger, onSent };
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
