import { setTimeout as pause } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { DatabaseRetention } from '../../database/DatabaseRetention';

/** Pause between two statements, so that those of others come first. */
const PAUSE_MS = 5;

/** A token counts as expired only if it is for the clocks of all replicas. */
const CLOCK_SKEW_MS = 60 * 60 * 1000;

/** Number of rows that a run has deleted. */
type Tally = { keys: number; events: number; usage: number; owners: number };

/**
 * Deletes events, usage and ended keys after their configured retention. Each key is deleted on its own, whatever the state of
 * its family.
 *
 * The next run finds rows that a run left because it was aborted or another transaction had locked them.
 */
export class Retention {
  readonly #database: DatabaseRetention;
  readonly #logger: LoggerService;
  readonly #keysKept: number;
  readonly #eventsKept: number;

  /** @param options - `keysKept` and `eventsKept` are in milliseconds */
  constructor(options: {
    database: DatabaseRetention;
    logger: LoggerService;
    keysKept: number;
    eventsKept: number;
  }) {
    this.#database = options.database;
    this.#logger = options.logger;
    this.#keysKept = options.keysKept;
    this.#eventsKept = options.eventsKept;
  }

  /** @param signal - ends the run after the current statement */
  async run(signal?: AbortSignal): Promise<void> {
    const now = Date.now();
    const past = now - this.#eventsKept;
    const database = this.#database;
    const tally: Tally = { keys: 0, events: 0, usage: 0, owners: 0 };
    try {
      await untilNoneIsLeft(signal, async () => {
        const deleted = await database.deleteEventsBefore(past);
        tally.events += deleted;
        return deleted;
      });
      await untilNoneIsLeft(signal, () =>
        database.deleteTokenBindingsExpiredBefore(now - CLOCK_SKEW_MS),
      );
      await untilNoneIsLeft(signal, async () => {
        const deleted = await database.deleteUsageBefore(past);
        tally.usage += deleted;
        return deleted;
      });
      await untilNoneIsLeft(signal, async () => {
        const deleted = await this.#deleteKeys(now - this.#keysKept, signal);
        tally.keys += deleted;
        return deleted;
      });
      await untilNoneIsLeft(signal, async () => {
        const deleted = await database.deleteIdleOwners();
        tally.owners += deleted;
        return deleted;
      });
    } finally {
      this.#logTally(tally);
    }
  }

  /** Deletes rows that belong to the keys first: there may be many, and they can only be found through the keys. */
  async #deleteKeys(
    endedBefore: number,
    signal: AbortSignal | undefined,
  ): Promise<number> {
    const keys = await this.#database.findKeysEndedBefore(endedBefore);
    if (keys.length === 0) return 0;
    await untilNoneIsLeft(signal, () => this.#database.deleteRowsOf(keys));
    return signal?.aborted ? 0 : this.#database.deleteKeys(keys, endedBefore);
  }

  #logTally({ keys, events, usage, owners }: Tally) {
    if (keys + events + usage + owners === 0) return;
    this.#logger.info(
      `Deleted what was kept for long enough: ${keys} API keys with all that hung on them, ${events} other events, ${usage} daily numbers of uses, ${owners} owners without keys`,
    );
  }
}

async function untilNoneIsLeft(
  signal: AbortSignal | undefined,
  deleteSome: () => Promise<number>,
): Promise<void> {
  while (!signal?.aborted && (await deleteSome()) > 0) await pause(PAUSE_MS);
}
