import {
  NotificationSendOptions,
  NotificationService,
} from '@backstage/plugin-notifications-node';
import { redactSecrets, withTimeout } from 'backstage-plugin-api-keys-node';

type SendPayload = NotificationSendOptions['payload'];

/** A send that takes longer counts as failed. */
const SEND_TIMEOUT_MS = 30_000;

/** A notification. `title` and `description` are plain text, the second in lines of its own, `link` is a path of the portal. */
export type NotificationPayload = Required<
  Pick<SendPayload, 'title' | 'description' | 'link' | 'severity' | 'topic'>
> &
  Pick<SendPayload, 'scope'>;

/**
 * Sends Backstage notifications, and so e-mails, Slack messages and whatever else the notifications plugin is set up for. Those to a
 * group reach its members.
 */
export class Notifier {
  readonly #notifications: NotificationService;
  readonly #onFailed: () => void;

  /** @param options - `onFailed` is called for each failed attempt */
  constructor(options: {
    notifications: NotificationService;
    onFailed?: () => void;
  }) {
    this.#notifications = options.notifications;
    this.#onFailed = options.onFailed ?? (() => {});
  }

  /**
   * @param recipients - entity refs of users and groups
   * @throws if it could not be sent, or not in time
   */
  async send(
    recipients: readonly string[],
    payload: NotificationPayload,
  ): Promise<void> {
    const { title, description, ...rest } = payload;
    const sending = this.#notifications.send({
      recipients: { type: 'entity', entityRef: [...recipients] },
      payload: {
        title: withoutMarkup(redactSecrets(title)).replaceAll(/\s+/g, ' '),
        description: withoutMarkup(redactSecrets(description)),
        ...rest,
      },
    });
    try {
      await withTimeout(sending, SEND_TIMEOUT_MS);
    } catch (error) {
      this.#onFailed();
      throw error;
    }
  }
}

/**
 * The stock e-mail processor puts texts into HTML as they are, and Slack knows markup of its own, so what looks like markup in
 * the name of a key must not be.
 */
function withoutMarkup(text: string): string {
  return text
    .replaceAll('&', '＆')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll(/[^\S\n]+/g, ' ');
}
