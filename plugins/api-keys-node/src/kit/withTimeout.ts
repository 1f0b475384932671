/**
 * Thrown by {@link withTimeout}. It has the name of what `AbortSignal.timeout` aborts with.
 *
 * @public
 */
export class TimeoutError extends Error {
  readonly name = 'TimeoutError';
}

/**
 * Rejects if a promise does not settle in time. The work is not cancelled; its result is discarded.
 *
 * A plain timer, since an AbortController takes longer than the verification of a key. It does not keep the process alive.
 *
 * @throws {@link TimeoutError} after `ms` milliseconds
 * @public
 */
export async function withTimeout<T>(
  work: Promise<T>,
  ms: number,
  message = `No answer within ${ms} ms`,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TimeoutError(message)), ms);
    timer.unref();
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
