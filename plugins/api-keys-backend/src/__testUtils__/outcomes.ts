import { Response } from 'supertest';
import { OperationId } from '../openapi/document';
import { isReading } from '../router/operationRoutes';
import { OPERATION_IDS, WITHOUT_DATABASE } from './everyOperation';

/** Summarizes the outcome of each operation in one line. */
export function outcomes(
  answers: Map<OperationId, Response>,
): Record<string, string> {
  const describe = (id: OperationId, { status, headers, body }: Response) => {
    const isDone = status < 300 || isForgotten(id, body.error);
    if (isDone) return 'done';
    const { change = unnoted(id, body.error), message } = body.error;
    const retry = headers['retry-after'] ?? 'without Retry-After';
    const because = status === 503 ? '' : `: ${message}`;
    return `${status}, ${retry}, ${change}${because}`;
  };
  return Object.fromEntries(
    [...answers].map(([id, answer]) => [id, describe(id, answer)]),
  );
}

/** Keys are cached for a limited time, which can run out on a busy machine. */
function isForgotten(id: OperationId, error: { message: string }): boolean {
  return (
    WITHOUT_DATABASE.includes(id) &&
    error.message.startsWith('API keys cannot be verified')
  );
}

/**
 * Classifies a response without a note of its change. A request whose key cannot be verified never reaches its
 * operation, so it has changed nothing.
 */
function unnoted(id: OperationId, error: { message: string }): string {
  const isUnverified = error.message.startsWith('API keys cannot be verified');
  return isUnverified && !isReading(id) ? 'none' : 'no note';
}

/** Returns the expected outcomes: success, or a 503 with a note of the change. */
export function expected(
  outcomeOf: (id: OperationId) => 'done' | 'none' | 'unknown' | 'no note',
): Record<string, string> {
  return Object.fromEntries(
    OPERATION_IDS.map(id => {
      const outcome = outcomeOf(id);
      return [id, outcome === 'done' ? outcome : `503, 5, ${outcome}`];
    }),
  );
}
