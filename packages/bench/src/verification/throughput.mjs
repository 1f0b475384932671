import { setImmediate as nextTurn } from 'node:timers/promises';

/** In a server each request comes in a turn of its own, and timers have theirs. */
const VERIFICATIONS_PER_TURN = 64;

/**
 * Verifies secrets one after the other, several at a time, for some time.
 *
 * @param secrets - taken in turn, on and on, from where the last call ended
 * @returns verifications per second
 */
export async function throughput({ verify, secrets, concurrency, seconds }) {
  const start = performance.now();
  const end = start + seconds * 1000;
  let verified = 0;
  const work = async () => {
    while (performance.now() < end) {
      if (!(await verify(secrets.next()))) throw new Error('A key was refused');
      verified += 1;
      if (verified % VERIFICATIONS_PER_TURN === 0) await nextTurn();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const rate = (verified * 1000) / (performance.now() - start);
  return { verified, rate };
}

/** Secrets in turn, and from the first again after the last. */
export class Secrets {
  #keys;
  #at = 0;

  constructor(keys) {
    this.#keys = keys;
  }

  next() {
    const { secret } = this.#keys[this.#at];
    this.#at = (this.#at + 1) % this.#keys.length;
    return secret;
  }
}
