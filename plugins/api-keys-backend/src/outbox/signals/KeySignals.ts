import { LoggerService } from '@backstage/backend-plugin-api';
import { SignalsService } from '@backstage/plugin-signals-node';
import { API_KEYS_SIGNAL_CHANNEL } from 'backstage-plugin-api-keys-common';
import { KeyListener } from '../../lifecycle/KeyListener';
import { KeyEvent } from '../../lifecycle/KeyEvent';

/** Maximum number of owners in one message: the last uses of thousands of keys are written at once. */
const OWNERS_PER_SIGNAL = 100;

/**
 * Signals to the open pages of owners that their keys have changed. A signal holds no data: each page then requests what its
 * user may see. The signals plugin sends it to all users who have the owner among their ownership refs, so also to all members
 * of a group.
 *
 * Signals do not go through the outbox. They only reach pages that are open at that moment, so that losing one with the process
 * does not justify a write for each change: pages also poll every few seconds, as they do in a backend without signals. Pages
 * of admins always poll: they cannot be addressed on their own, and signalling every change to all users would keep all pages
 * busy.
 */
export class KeySignals implements KeyListener {
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;

  readonly #waiting = new Set<string>();
  #sending = false;
  #failing = false;

  constructor(options: { signals: SignalsService; logger: LoggerService }) {
    this.#signals = options.signals;
    this.#logger = options.logger;
  }

  eventsAdded(events: readonly KeyEvent[]): void {
    this.keysUsed(events.flatMap(ownersOf));
  }

  keysUsed(owners: readonly string[]): void {
    for (const owner of owners) this.#waiting.add(owner);
    if (!this.#sending) void this.#send();
  }

  /** Sends one message at a time. An owner whose keys change meanwhile gets one more signal, however many changes there are. */
  async #send() {
    this.#sending = true;
    while (this.#waiting.size > 0) {
      const owners = [...this.#waiting].slice(0, OWNERS_PER_SIGNAL);
      for (const owner of owners) this.#waiting.delete(owner);
      try {
        await this.#signals.publish({
          recipients: { type: 'user', entityRef: owners },
          channel: API_KEYS_SIGNAL_CHANNEL,
          message: { action: 'keys-changed' },
        });
        this.#failing = false;
      } catch (error) {
        this.#warn(error);
      }
    }
    this.#sending = false;
  }

  /** Logs once until sending works again, since pages also poll. */
  #warn(error: unknown) {
    if (this.#failing) return;
    this.#failing = true;
    this.#logger.warn(
      'Could not tell open pages that API keys have changed; they see it when they look by themselves',
      error instanceof Error ? error : undefined,
    );
  }
}

/** Includes the previous owner of a transferred key, whose pages change, too. */
function ownersOf({ owner, type, details }: KeyEvent): string[] {
  return type === 'transferred' ? [owner, details.from] : [owner];
}
