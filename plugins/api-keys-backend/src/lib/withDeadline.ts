import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits for something, but not longer than so many milliseconds. What it is goes on, and nobody hears what becomes of it.
 *
 * @throws Error when it takes longer
 */
export async function withDeadline<T>(
  work: Promise<T>,
  ms: number,
): Promise<T> {
  const done = new AbortController();
  const tooLate = async (): Promise<never> => {
    await sleep(ms, undefined, { signal: done.signal, ref: false });
    throw new Error(`No answer within ${ms} ms`);
  };
  try {
    return await Promise.race([work, tooLate()]);
  } finally {
    done.abort();
  }
}
