import { setTimeout as sleep } from 'node:timers/promises';
import type { Attempt } from './Client';

const POLL_MS = 5;

/** Sends requests without a pause over several connections at once. */
export class Load {
  /** Outcomes of all requests so far, in the order in which they ended. */
  readonly attempts: Attempt[] = [];
  readonly #senders: Promise<void>[];
  #isOver = false;

  /**
   * @param send - sends one request, or more if the first one fails
   * @param options - `pauseMs` is the pause between the requests of one connection
   */
  constructor(
    send: () => Promise<Attempt | Attempt[]>,
    { connections = 1, pauseMs = 0 } = {},
  ) {
    this.#senders = Array.from({ length: connections }, async () => {
      while (!this.#isOver) {
        this.attempts.push(...[await send()].flat());
        if (pauseMs > 0) await sleep(pauseMs);
      }
    });
  }

  /** Waits until `times` attempts match. */
  async until(
    isWanted: (attempt: Attempt) => boolean,
    { times = 1, withinMs = 30_000 } = {},
  ): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (this.attempts.filter(isWanted).length < times) {
      if (performance.now() > deadline) {
        const last = JSON.stringify(this.attempts.slice(-3));
        throw new Error(`Not seen in ${withinMs} ms; at last: ${last}`);
      }
      await sleep(POLL_MS);
    }
  }

  /** Waits for the requests in flight. */
  async stop(): Promise<Attempt[]> {
    this.#isOver = true;
    await Promise.all(this.#senders);
    return this.attempts;
  }
}
