import { ErrorLike, isError } from '@backstage/errors';
import {
  DatabaseFailure,
  databaseFailureOf,
  NETWORK_CODES,
} from '../database/databaseFailure';
import { InterruptedChangeError } from '../lib/InterruptedChangeError';
import { ChangeOutcome, UnavailableError } from '../lib/UnavailableError';

const SENTENCES: Record<DatabaseFailure, string> = {
  away: 'The database of API keys does not answer right now, try again shortly',
  'read-only':
    'The database of API keys can only be read right now, try again shortly',
  full: 'The database of API keys has no room right now, try again shortly',
  busy: 'The database of API keys is too busy right now, try again shortly',
};

/** Codes of `fetch` in Node.js, in addition to those of the network. */
const FETCH_CODES = /^UND_ERR_(SOCKET|\w+_TIMEOUT)$/;

/**
 * Converts an error to one for the caller, if a dependency of the operation is unavailable: the database, or another plugin.
 * Other errors are returned unchanged.
 *
 * @param change - whether anything was changed; undefined for an operation that only reads
 */
export function explainUnavailability(
  error: unknown,
  change?: ChangeOutcome,
): unknown {
  if (error instanceof UnavailableError) return error;
  if (error instanceof InterruptedChangeError) {
    const { message, cause } = error;
    const why = sentenceFor(cause);
    return why === undefined
      ? cause
      : new UnavailableError(`${why}. ${message}`, { change, reason: cause });
  }
  const sentence = sentenceFor(error);
  return sentence === undefined
    ? error
    : new UnavailableError(sentence, { change, reason: error });
}

function sentenceFor(error: unknown): string | undefined {
  if (!isError(error)) return undefined;
  if (error.name === 'ServiceUnavailableError') return error.message;
  if (isAnotherPluginAway(error)) {
    return 'A part of Backstage that has to be asked does not answer, try again shortly';
  }
  const failure = databaseFailureOf(error);
  return failure && SENTENCES[failure];
}

/** Returns true if another plugin that the operation needs, such as the permission backend, cannot answer at the moment. */
function isAnotherPluginAway(error: ErrorLike): boolean {
  if (error.name === 'ResponseError') {
    const status = Number(error.statusCode);
    // The caller was authenticated here. A plugin that answers 401 could not fetch the public keys to verify that.
    return status >= 500 || status === 401;
  }
  if (!['FetchError', 'TypeError'].includes(error.name)) return false;
  // A fetch error carries the code itself, or its cause does.
  const { code } =
    error.code === undefined && isError(error.cause) ? error.cause : error;
  return (
    typeof code === 'string' &&
    (NETWORK_CODES.includes(code) || FETCH_CODES.test(code))
  );
}
