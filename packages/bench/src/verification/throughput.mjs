import { setImmediate as nextTurn } from 'node:timers/promises';

/** Each request of a server has its own turn of the event loop, in which timers can run. */
const VERIFICATIONS_PER_TURN = 64;

/**
 * Verifies secrets one after the other, several at a time, for some time.
 *
 * @param secrets - used in turn, continuing where the last call ended
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

/** Iterates over secrets and starts again after the last. */
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
