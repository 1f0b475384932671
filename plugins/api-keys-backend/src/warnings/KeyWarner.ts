import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiKeyWarningKind } from 'backstage-plugin-api-keys-common';
import { DatabaseWarnings, WarnedOwner } from '../database/DatabaseWarnings';
import { DAY } from '../lifecycle/time';
import { Notifier } from '../notifications/Notifier';
import { noticesOf } from './notices';
import {
  CLAIM_LEASE,
  TOLD_AFTER_EXPIRY,
  WarningClaim,
  WarningPlan,
} from './rules';

const OWNERS_PER_PAGE = 500;
const SENT_AT_ONCE = 5;
/** Few enough to be sent one after the other well before the lease on their claims is over. */
const OWNERS_PER_CLAIM = 10;
/** A message takes 30 seconds at most, so that the last one is sent before somebody else takes its claim over. */
const SEND_WITHIN = CLAIM_LEASE - 60 * 1000;
/** So many different owners in a row cannot all be to blame: whatever sends is down, and the next run tries again. */
const FAILURES_IN_A_ROW = 50;
/** Long after the last of them matters. */
const FORGOTTEN_AFTER = TOLD_AFTER_EXPIRY + 4 * DAY;

/** Hears how many warnings of a kind were sent. */
export type SentListener = (count: number, kind: ApiKeyWarningKind) => void;

/** What became of a run. */
type Tally = { sent: number; failed: number; inARow: number; reason?: unknown };

/**
 * Warns owners before their keys end, the most urgent first. An owner to whom more than one thing is due is told all of it at
 * once.
 *
 * Any number of runs may go on at the same time: what is sent is claimed before, by a row that exists once.
 */
export class KeyWarner {
  readonly #plan: WarningPlan;
  readonly #warnings: DatabaseWarnings;
  readonly #notifier: Pick<Notifier, 'send'>;
  readonly #logger: LoggerService;
  readonly #onSent: SentListener;
  readonly #portalUrl: string;
  #isFailing = false;

  constructor(options: {
    plan: WarningPlan;
    warnings: DatabaseWarnings;
    notifier: Pick<Notifier, 'send'>;
    logger: LoggerService;
    onSent?: SentListener;
    portalUrl: string;
  }) {
    this.#plan = options.plan;
    this.#warnings = options.warnings;
    this.#notifier = options.notifier;
    this.#logger = options.logger;
    this.#onSent = options.onSent ?? (() => {});
    this.#portalUrl = options.portalUrl;
  }

  /** @param signal - ends the run; what is being sent then is still sent, and noted */
  async run(signal?: AbortSignal): Promise<void> {
    const tally: Tally = { sent: 0, failed: 0, inARow: 0 };
    const isOver = () =>
      signal?.aborted || tally.inARow >= FAILURES_IN_A_ROW || false;
    let owners: WarnedOwner[] = [];
    do {
      owners = await this.#warnings.findOwnersDue(this.#plan, {
        now: Date.now(),
        after: owners.at(-1),
        limit: OWNERS_PER_PAGE,
      });
      const queue = inParts(owners);
      const work = async () => {
        for (const part of queue) {
          if (isOver()) return;
          await this.#warn(part, tally, isOver);
        }
      };
      const outcomes = await Promise.allSettled(
        Array.from({ length: SENT_AT_ONCE }, work),
      );
      const failed = outcomes.find(({ status }) => status === 'rejected');
      if (failed?.status === 'rejected') throw failed.reason;
    } while (owners.length === OWNERS_PER_PAGE && !isOver());
    this.#tell(tally);
    await this.#forget(isOver);
  }

  async #warn(
    owners: readonly WarnedOwner[],
    tally: Tally,
    isOver: () => boolean,
  ): Promise<void> {
    const refs = owners.map(({ owner }) => owner);
    const claimedAt = Date.now();
    const claims = await this.#warnings.claim(this.#plan, refs, claimedAt);
    const isLate = () => isOver() || Date.now() > claimedAt + SEND_WITHIN;
    for (const claim of claims) {
      try {
        await this.#send(claim, tally, isLate);
      } catch (error) {
        tally.failed += 1;
        tally.inARow += 1;
        tally.reason ??= error;
      }
    }
  }

  /** What is sent stays sent, whatever becomes of the rest. */
  async #send(
    claim: WarningClaim,
    tally: Tally,
    isLate: () => boolean,
  ): Promise<void> {
    const parts = noticesOf(claim, Date.now(), this.#portalUrl);
    for (const [index, { notice, warnings }] of parts.entries()) {
      if (isLate()) {
        await this.#warnings.release(claim);
        return;
      }
      try {
        await this.#notifier.send([claim.owner], notice);
      } catch (error) {
        await this.#warnings.release(claim);
        throw error;
      }
      const isLast = index === parts.length - 1;
      // It stays claimed if this fails, and is sent once more when the lease is over.
      await this.#warnings.markSent(
        claim,
        Date.now(),
        isLast ? undefined : warnings,
      );
    }
    for (const [kind, count] of claim.byKind) this.#onSent(count, kind);
    tally.sent += 1;
    tally.inARow = 0;
  }

  /** Once until everything can be sent again, not every few minutes. */
  #tell({ sent, failed, reason }: Tally) {
    if (failed > 0 && !this.#isFailing) {
      this.#logger.warn(
        `Could not warn ${failed} owners of API keys, which is tried again until it works: ${reason}`,
      );
      this.#isFailing = true;
    }
    if (failed === 0 && sent > 0 && this.#isFailing) {
      this.#logger.info('Owners of API keys are warned again');
      this.#isFailing = false;
    }
  }

  async #forget(isOver: () => boolean): Promise<void> {
    const time = Date.now() - FORGOTTEN_AFTER;
    while (!isOver() && (await this.#warnings.forgetBefore(time)));
  }
}

function* inParts(owners: readonly WarnedOwner[]): Generator<WarnedOwner[]> {
  for (let i = 0; i < owners.length; i += OWNERS_PER_CLAIM) {
    yield owners.slice(i, i + OWNERS_PER_CLAIM);
  }
}
