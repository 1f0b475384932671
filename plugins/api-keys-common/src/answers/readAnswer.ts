import { answers } from '../generated/answers';
import { UnexpectedAnswerError } from './UnexpectedAnswerError';

/** An operation that answers with JSON. */
export type JsonOperation = keyof typeof answers;

function checkContentType(response: Response, expected: RegExp): void {
  const type = response.headers.get('Content-Type') ?? '';
  if (expected.test(type)) return;
  // A proxy, or a sign-in page in front of the portal, answers with HTML.
  throw new UnexpectedAnswerError('its type is not that of the API');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The message of the parser quotes what it has read.
    throw new UnexpectedAnswerError('it is not JSON');
  }
}

/** Reads an answer, and rejects one that is not what the API promises. */
export async function readJson<T>(
  operation: JsonOperation,
  response: Response,
): Promise<T> {
  checkContentType(response, /\bjson\b/i);
  const body = parse(await response.text());
  const problem = answers[operation](body, '');
  if (problem) throw new UnexpectedAnswerError(problem);
  return body as T;
}

/** Reads an answer that is a file, and rejects another one, which would be saved as if it were the file. */
export async function readCsv(response: Response): Promise<Blob> {
  checkContentType(response, /^text\/csv\b/i);
  return response.blob();
}

/** Rejects every answer except the empty one that confirms a change. */
export function expectNoContent(response: Response): void {
  if (response.status === 204) return;
  throw new UnexpectedAnswerError('it should have been empty');
}
