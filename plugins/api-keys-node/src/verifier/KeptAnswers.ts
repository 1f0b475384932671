import { LRUCache } from 'lru-cache';
import { PortalAnswer } from './types';

type KeptAnswer = { answer: PortalAnswer; until: number };
type Question = { answer: Promise<PortalAnswer>; askedAt: number };

/**
 * Keeps answers for as long as they may be used, counted from when they were asked for. A question that fails leaves nothing
 * behind.
 */
export class KeptAnswers {
  readonly #maxStaleness: number;
  /** Apart from the others, so that whoever tries secrets that do not exist pushes no key out that does. */
  readonly #active: LRUCache<string, KeptAnswer>;
  readonly #inactive: LRUCache<string, KeptAnswer>;
  readonly #questions = new Map<string, Question>();

  /** @param options - `maxStaleness` is in milliseconds, `maxEntries` of each kind of answer */
  constructor(options: { maxStaleness: number; maxEntries: number }) {
    this.#maxStaleness = options.maxStaleness;
    this.#active = new LRUCache({ max: options.maxEntries });
    this.#inactive = new LRUCache({ max: options.maxEntries });
  }

  /** @param ask - called by one of several who want to know the same at the same time */
  async get(
    what: string,
    ask: () => Promise<PortalAnswer>,
  ): Promise<PortalAnswer> {
    const askedAt = performance.now();
    const kept = this.#active.get(what) ?? this.#inactive.get(what);
    if (kept && askedAt < kept.until) return kept.answer;
    // An answer that is on its way may be as old as its question.
    const asked = this.#questions.get(what);
    if (asked && askedAt < asked.askedAt + this.#maxStaleness) {
      return asked.answer;
    }
    const question: Question = { answer: ask(), askedAt };
    this.#questions.set(what, question);
    try {
      const answer = await question.answer;
      this.#keep(what, answer, askedAt);
      return answer;
    } finally {
      if (this.#questions.get(what) === question) this.#questions.delete(what);
    }
  }

  #keep(what: string, answer: PortalAnswer, askedAt: number) {
    const now = performance.now();
    const until = Math.min(
      askedAt + this.#maxStaleness,
      now + lifetimeOf(answer),
    );
    // A newer question may have been answered meanwhile.
    if (until <= now) return;
    const [to, other] = answer.active
      ? [this.#active, this.#inactive]
      : [this.#inactive, this.#active];
    other.delete(what);
    to.set(what, { answer, until });
  }
}

/** For how many milliseconds from now on the key lives. */
function lifetimeOf(answer: PortalAnswer): number {
  if (!answer.active || !answer.key.expiresAt) return Infinity;
  return answer.key.expiresAt.getTime() - Date.now();
}
