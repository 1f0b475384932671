import { LRUCache } from 'lru-cache';
import { VerificationOutcome } from './types';

/** What the `api-keys` plugin of another process says of a key. */
export type RemoteAnswer = {
  outcome: VerificationOutcome;
  /** For how many milliseconds it may be kept, from when it was asked. */
  keepFor: number;
};

const ANSWERS_MAX = 50_000;
/** Far below any staleness that can be configured. */
const SHARED_FOR = 50;

type KeptAnswer = { outcome: VerificationOutcome; until: number };
type Question = { answer: Promise<RemoteAnswer>; askedAt: number };

/**
 * Keeps good answers for as long as whoever gave them says, so that a key that is in use is asked for about once a second. That
 * counts the time for which the answer was kept over there, so that both together are not older than `maxStaleness`.
 */
export class RemoteAnswers {
  readonly #answers = new LRUCache<string, KeptAnswer>({ max: ANSWERS_MAX });
  readonly #questions = new Map<string, Question>();

  /** @param ask - called by one of several who want to know the same at the same time */
  async get(
    what: string,
    ask: () => Promise<RemoteAnswer>,
  ): Promise<VerificationOutcome> {
    const kept = this.#answers.get(what);
    const askedAt = performance.now();
    if (kept && askedAt <= kept.until) return kept.outcome;
    const asked = this.#questions.get(what);
    if (asked && askedAt - asked.askedAt <= SHARED_FOR) {
      return (await asked.answer).outcome;
    }
    const question: Question = { answer: ask(), askedAt };
    this.#questions.set(what, question);
    try {
      const { outcome, keepFor } = await question.answer;
      if (outcome.accepted && keepFor > 0) {
        this.#answers.set(what, { outcome, until: askedAt + keepFor });
      }
      return outcome;
    } finally {
      if (this.#questions.get(what) === question) this.#questions.delete(what);
    }
  }
}
