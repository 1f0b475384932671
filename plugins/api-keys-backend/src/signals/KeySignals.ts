import { LoggerService } from '@backstage/backend-plugin-api';
import { SignalsService } from '@backstage/plugin-signals-node';
import { API_KEYS_SIGNAL_CHANNEL } from 'backstage-plugin-api-keys-common';
import { KeyListener } from '../database/KeyListener';
import { KeyEvent } from '../lifecycle/KeyEvent';

/** Owners in one message: the last uses of thousands of keys are written at once. */
const OWNERS_PER_SIGNAL = 100;

/**
 * Signals the open pages of owners that their keys have changed, and nothing else: what a page may see, it asks for itself.
 * The signals plugin brings it to everybody who has the owner among their ownership refs, so to all members of a group.
 *
 * It is no sink of the outbox. A signal reaches only pages that are open at that moment, so that one which is lost with the process
 * is not worth a write for each change: pages also poll every few seconds, and do so in a backend without signals. Pages of admins
 * always poll: there is no way to reach just them, and signalling every change to everybody would keep all pages busy.
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

  /** One message at a time; an owner whose keys change meanwhile is told once more, however often they change. */
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

  /** Once until it works again: pages do without. */
  #warn(error: unknown) {
    if (this.#failing) return;
    this.#failing = true;
    this.#logger.warn(
      'Could not tell open pages that API keys have changed; they see it when they look by themselves',
      error instanceof Error ? error : undefined,
    );
  }
}

/** The pages of those who had a key until now change, too. */
function ownersOf({ owner, type, details }: KeyEvent): string[] {
  return type === 'transferred' ? [owner, details.from] : [owner];
}
