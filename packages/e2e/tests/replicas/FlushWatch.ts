import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseLink } from '../../src/DatabaseLink';

const WAIT_MS = 20_000;
const POLL_MS = 1;

/** First statement of a flush: it locks the keys in their order. */
const BEGINNING = /select "id", "owner" from "api_keys" .* for update/;
const END = 'COMMIT';

/** Detects flushes of uses by watching a replica's traffic to the database. */
export class FlushWatch {
  /** True between the first statement of a flush and its commit. */
  isWriting = false;
  readonly end: () => void;
  #last = -Infinity;

  constructor(database: DatabaseLink) {
    this.end = database.watch(sent => {
      const text = sent.toString('latin1');
      if (BEGINNING.test(text)) {
        this.isWriting = true;
        this.#last = performance.now();
      } else if (this.isWriting && text.includes(END)) {
        this.isWriting = false;
      }
    });
  }

  /** @returns once the next flush has begun; a flush in progress does not count */
  async untilNext(): Promise<number> {
    const before = this.#last;
    const deadline = performance.now() + WAIT_MS;
    while (this.#last === before) {
      if (performance.now() > deadline) throw new Error('No uses are written');
      await sleep(POLL_MS);
    }
    return this.#last;
  }
}
