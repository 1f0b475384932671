import {
  NotificationSendOptions,
  NotificationService,
} from '@backstage/plugin-notifications-node';
import { redactSecrets } from 'backstage-plugin-api-keys-node';

type NotificationPayload = NotificationSendOptions['payload'];

/** A send that takes longer counts as failed: whoever waits for it holds a claim. */
const SEND_TIMEOUT_MS = 30_000;

/**
 * What is told to somebody. `title` and `description` are plain text, the second in lines of its own, `link` is a path of the portal.
 */
export type Notice = Required<
  Pick<
    NotificationPayload,
    'title' | 'description' | 'link' | 'severity' | 'topic'
  >
> &
  Pick<NotificationPayload, 'scope'>;

/**
 * Sends notices through Backstage's notifications, and so by e-mail, Slack and whatever else is installed there. A group's
 * reach its members.
 */
export class Notifier {
  readonly #notifications: NotificationService;
  readonly #onFailed: () => void;

  /** @param options - `onFailed` hears of each attempt to send that failed */
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
  async send(recipients: readonly string[], notice: Notice): Promise<void> {
    const { title, description, ...rest } = notice;
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error('The notification took too long')),
        SEND_TIMEOUT_MS,
      );
    });
    try {
      await Promise.race([
        tooLate,
        this.#notifications.send({
          recipients: { type: 'entity', entityRef: [...recipients] },
          payload: {
            title: withoutMarkup(redactSecrets(title)).replaceAll(/\s+/g, ' '),
            description: withoutMarkup(redactSecrets(description)),
            ...rest,
          },
        }),
      ]);
    } catch (error) {
      this.#onFailed();
      throw error;
    } finally {
      clearTimeout(timer);
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
