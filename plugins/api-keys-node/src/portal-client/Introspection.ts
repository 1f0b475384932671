import { TimeoutError, withTimeout } from '../kit/withTimeout';
import { readAnswer } from './readAnswer';
import { PortalAnswer } from './types';
import { VerificationUnavailableError } from './VerificationUnavailableError';

/** Sufficient for the longest answer, which has fifty scopes of 200 characters. */
const ANSWER_BYTES_MAX = 64 * 1024;
const RETRY_AFTER_SECONDS_MAX = 60 * 60;
/** Characters that a header allows. `fetch` would repeat an invalid header in its error message. */
const CREDENTIAL = /^[\x21-\x7e]+$/;

/**
 * The credential of a service for the portal, or a function that returns it.
 *
 * @public
 */
export type PortalCredential = string | (() => string | Promise<string>);

/** Calls the portal's introspection endpoint (RFC 7662). Throws for everything that is not an answer of the portal. */
export class Introspection {
  readonly #url: URL;
  readonly #credential: PortalCredential;
  readonly #timeout: number;
  readonly #fetch: typeof fetch;

  /** @param options - `timeout` is in milliseconds */
  constructor(options: {
    url: URL;
    credential: PortalCredential;
    timeout: number;
    fetch: typeof fetch;
  }) {
    this.#url = options.url;
    this.#credential = options.credential;
    this.#timeout = options.timeout;
    this.#fetch = options.fetch;
  }

  /** @throws {@link VerificationUnavailableError} if there is no answer */
  async ask(form: URLSearchParams): Promise<PortalAnswer> {
    const ms = this.#timeout;
    const signal = AbortSignal.timeout(ms);
    try {
      // A custom credential function or `fetch` may ignore the signal.
      return await withTimeout(this.#ask(form, signal), ms);
    } catch (error) {
      if (error instanceof VerificationUnavailableError) throw error;
      const isLate = signal.aborted || error instanceof TimeoutError;
      const problem = isLate
        ? `did not answer within ${ms} ms`
        : 'could not be asked';
      throw this.#unavailable(problem, { cause: error });
    }
  }

  async #ask(
    form: URLSearchParams,
    signal: AbortSignal,
  ): Promise<PortalAnswer> {
    const response = await this.#fetch(this.#url, {
      method: 'POST',
      headers: {
        Accept: 'application/json',
        Authorization: `Bearer ${await this.#currentCredential()}`,
      },
      body: form,
      signal,
      // Neither redirects nor caches may receive the secret or the answer.
      redirect: 'manual',
      cache: 'no-store',
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw this.#unavailable(problemOf(response.status), {
        retryAfter: retryAfterOf(response.headers.get('retry-after')),
      });
    }
    const answer = readAnswer(await textOf(response));
    if (answer) return answer;
    throw this.#unavailable('answers otherwise than RFC 7662 says');
  }

  async #currentCredential(): Promise<string> {
    const given =
      typeof this.#credential === 'function'
        ? await this.#credential()
        : this.#credential;
    // A credential from a file ends with a line break.
    const credential = String(given ?? '').trim();
    if (CREDENTIAL.test(credential)) return credential;
    throw new VerificationUnavailableError(
      'There is no credential to ask the portal about API keys with',
    );
  }

  #unavailable(
    problem: string,
    options?: { retryAfter?: number; cause?: unknown },
  ) {
    return new VerificationUnavailableError(
      `API keys cannot be verified right now: ${this.#url} ${problem}`,
      options,
    );
  }
}

/** Problems by status. A 401 or 403 concerns the credential of this service, not the key. */
const PROBLEMS: Partial<Record<number, string>> = {
  401: 'does not accept the credential of this service (401), which may have expired or been revoked',
  403: 'does not let this service ask (403), which takes the permission api-keys.introspect',
};

function problemOf(status: number): string {
  return PROBLEMS[status] ?? `answers ${status}`;
}

/** Parses a number of seconds or a date (RFC 9110 §10.2.3). */
function retryAfterOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header)
    ? Number(header)
    : Math.ceil((Date.parse(header) - Date.now()) / 1000);
  return Number.isNaN(seconds)
    ? undefined
    : Math.min(Math.max(seconds, 1), RETRY_AFTER_SECONDS_MAX);
}

/** @throws Error for an answer that exceeds the maximum length */
async function textOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks).toString();
    chunks.push(value);
    size += value.length;
    if (size > ANSWER_BYTES_MAX) {
      await reader.cancel();
      throw new Error(`The answer is longer than ${ANSWER_BYTES_MAX} bytes`);
    }
  }
}
