import { ServiceUnavailableError } from '@backstage/errors';
import { ChangeTracker } from '../database/ChangeTracker';
import { UnavailableError } from '../lib/UnavailableError';
import { explainUnavailability } from './unavailability';

/** The caller, or a gateway in between, has given up by then. */
const TIMEOUT_MS = 15_000;
/** For operations on many keys, from one transaction to the next. */
const BULK_TIMEOUT_MS = 120_000;

export type OperationKind = 'read' | 'change' | 'bulk-change';

/**
 * Runs an operation for a caller. If a dependency is unavailable or does not respond, it fails with an {@link UnavailableError},
 * which states whether anything was changed.
 *
 * An operation that takes too long keeps running, but its commits are rejected from then on. The time starts again with each
 * transaction.
 *
 * @param isAnswered - whether a response has begun; from then on, there is no time limit
 */
export async function runOperation<T>(
  kind: OperationKind,
  work: () => Promise<T>,
  isAnswered: () => boolean = () => false,
): Promise<T> {
  const tracker = new ChangeTracker();
  try {
    return await inTime(tracker.run(work), { kind, tracker, isAnswered });
  } catch (error) {
    const change = tracker.mayHaveChanged ? 'unknown' : 'none';
    throw explainUnavailability(error, kind === 'read' ? undefined : change);
  }
}

function inTime<T>(
  work: Promise<T>,
  options: {
    kind: OperationKind;
    tracker: ChangeTracker;
    isAnswered: () => boolean;
  },
): Promise<T> {
  const { kind, tracker, isAnswered } = options;
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout;
    const check = () => {
      if (isAnswered()) return;
      const isBetween = kind === 'bulk-change' && !tracker.isInTransaction;
      const timeoutMs = isBetween ? BULK_TIMEOUT_MS : TIMEOUT_MS;
      const leftMs = tracker.progressAt + timeoutMs - performance.now();
      if (leftMs > 0) {
        timer = setTimeout(check, Math.min(leftMs, TIMEOUT_MS)).unref();
        return;
      }
      tracker.close();
      reject(
        new ServiceUnavailableError(
          `There was no answer within ${timeoutMs / 1000} seconds`,
        ),
      );
    };
    check();
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
