import {
  NotificationSendOptions,
  NotificationService,
} from '@backstage/plugin-notifications-node';
import {
  redactSecrets,
  withTimeout,
} from 'backstage-plugin-api-keys-node/internal';

type SendPayload = NotificationSendOptions['payload'];

/** A send that takes longer counts as failed. */
const SEND_TIMEOUT_MS = 30_000;

/** Notification. `title` and `description` are plain text, `description` with line breaks; `link` is a path of the portal. */
export type NotificationPayload = Required<
  Pick<SendPayload, 'title' | 'description' | 'link' | 'severity' | 'topic'>
> &
  Pick<SendPayload, 'scope'>;

/**
 * Sends Backstage notifications, which the notifications plugin also delivers as e-mails, Slack messages or through other
 * processors. Notifications to a group reach its members.
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
   * @throws if sending fails or takes too long
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
 * Neutralizes what looks like markup in the name of a key: the stock e-mail processor puts texts into HTML unescaped, and Slack
 * has its own markup.
 */
function withoutMarkup(text: string): string {
  return text
    .replaceAll('&', '＆')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll(/[^\S\n]+/g, ' ');
}
