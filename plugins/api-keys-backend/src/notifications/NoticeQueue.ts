import { LoggerService } from '@backstage/backend-plugin-api';

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 2_000;
const PAUSE_FACTOR = 4;
const PAUSE_MAX_MS = 120_000;
/** What waits for a backend that is away is bounded, by the events that it is of; the trail has all of it. */
const WAITING_MAX = 5_000;
/** Who stops the portal does not wait for what cannot be sent. */
const STOP_TIMEOUT_MS = 5_000;

type Waiting<T> = { matter: T; size: number; attempts: number };

/**
 * Sends one after the other, so that slow sends do not pile up. What cannot be sent is tried again a few times, while the rest
 * waits; after that it is dropped, which the log tells once until it works again.
 */
export class NoticeQueue<T> {
  readonly #send: (matter: T) => Promise<void>;
  readonly #sizeOf: (matter: T) => number;
  readonly #logger: LoggerService;
  readonly #onLost: () => void;

  #waiting: Waiting<T>[] = [];
  #isSending = false;
  #sending = Promise.resolve();
  #wake = () => {};
  #failuresInARow = 0;
  #isFailing = false;
  #isStopping = false;
  #lost = 0;

  /** @param options - `onLost` is called for each notice that is given up */
  constructor(options: {
    send: (matter: T) => Promise<void>;
    sizeOf?: (matter: T) => number;
    logger: LoggerService;
    onLost?: () => void;
  }) {
    this.#send = options.send;
    this.#sizeOf = options.sizeOf ?? (() => 1);
    this.#logger = options.logger;
    this.#onLost = options.onLost ?? (() => {});
  }

  add(matter: T): void {
    const size = this.#waiting.reduce((sum, one) => sum + one.size, 0);
    if (size >= WAITING_MAX) {
      this.#lose('too many of them wait already');
      return;
    }
    this.#waiting.push({ matter, size: this.#sizeOf(matter), attempts: 0 });
    if (!this.#isSending) this.#sending = this.#sendAll();
  }

  /** Sends what waits once more at most, and not for long. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#wake();
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>(resolve => {
      timer = setTimeout(resolve, STOP_TIMEOUT_MS);
    });
    await Promise.race([this.#sending, tooLate]);
    clearTimeout(timer);
    if (this.#waiting.length === 0) return;
    this.#lose('the portal stops');
    this.#waiting = [];
  }

  async #sendAll() {
    this.#isSending = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      try {
        await this.#send(next.matter);
        this.#succeeded();
      } catch (error) {
        this.#failed(next, error);
        await this.#pause();
      }
    }
    this.#isSending = false;
  }

  #succeeded() {
    this.#failuresInARow = 0;
    if (!this.#isFailing) return;
    this.#isFailing = false;
    this.#logger.info(
      `Owners of API keys are told again what happens to their keys, but for ${
        this.#lost
      } notices that are lost`,
    );
    this.#lost = 0;
  }

  #failed(waiting: Waiting<T>, error: unknown) {
    this.#failuresInARow += 1;
    const attempts = waiting.attempts + 1;
    const isOver = this.#isFailing || this.#isStopping || attempts >= ATTEMPTS;
    if (isOver) this.#lose(error);
    else this.#waiting.push({ ...waiting, attempts });
  }

  #lose(reason: unknown) {
    this.#lost += 1;
    this.#onLost();
    if (this.#isFailing) return;
    this.#isFailing = true;
    this.#logger.warn(
      `Could not tell owners of API keys what happened to their keys; the trail of the keys has it: ${reason}`,
    );
  }

  async #pause() {
    if (this.#isStopping) return;
    const pause = Math.min(
      FIRST_PAUSE_MS * PAUSE_FACTOR ** (this.#failuresInARow - 1),
      PAUSE_MAX_MS,
    );
    await new Promise<void>(resolve => {
      this.#wake = resolve;
      setTimeout(resolve, pause).unref();
    });
  }
}
