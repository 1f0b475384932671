import { DatabaseWarnings, WarnedOwner } from '../../database/DatabaseWarnings';
import { DAY } from '../../lifecycle/time';
import {
  EXPIRED_NOTICE_WINDOW,
  WarningPlan,
} from '../../lifecycle/warningPlan';

/** Keeps transactions short, unless owners have very many keys. */
const OWNERS_PER_TRANSACTION = 50;
/** Ends long after the last warning of an end. */
const CLAIM_RETENTION = EXPIRED_NOTICE_WINDOW + 4 * DAY;

/**
 * Warns owners before their keys end, the most urgent first. Warnings are events, each of which is added once even if several
 * runs overlap, and reach owners like other notifications.
 */
export class KeyWarner {
  readonly #plan: WarningPlan;
  readonly #warnings: DatabaseWarnings;

  constructor(options: { plan: WarningPlan; warnings: DatabaseWarnings }) {
    this.#plan = options.plan;
    this.#warnings = options.warnings;
  }

  /** @param signal - ends the run after the current transaction */
  async run(signal?: AbortSignal): Promise<void> {
    let owners: WarnedOwner[] = [];
    do {
      owners = await this.#warnings.findOwnersDue(this.#plan, {
        now: Date.now(),
        after: owners.at(-1),
        limit: OWNERS_PER_TRANSACTION,
      });
      const refs = owners.map(({ owner }) => owner);
      if (refs.length > 0) {
        await this.#warnings.warn(this.#plan, refs, Date.now());
      }
    } while (owners.length === OWNERS_PER_TRANSACTION && !signal?.aborted);
    await this.#forget(signal);
  }

  async #forget(signal?: AbortSignal): Promise<void> {
    const time = Date.now() - CLAIM_RETENTION;
    while (!signal?.aborted && (await this.#warnings.forgetBefore(time)));
  }
}
