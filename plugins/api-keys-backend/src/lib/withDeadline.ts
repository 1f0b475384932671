/**
 * Waits for something, but not longer than so many milliseconds. What it is goes on, and nobody hears what becomes of it.
 *
 * A plain timer: an AbortController takes longer than a verification.
 *
 * @throws Error when it takes longer
 */
export function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`No answer within ${ms} ms`)),
      ms,
    );
    timer.unref();
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
