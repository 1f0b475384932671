import { createPublicKey, KeyObject } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError, toError } from '@backstage/errors';
import { z } from 'zod';

const MINUTE = 60_000;
/** Time until the keys are fetched again. */
const FRESH_MS = 60 * MINUTE;
/** Time for which the last fetched keys are accepted while GitHub does not answer. */
const USABLE_MS = 24 * 60 * MINUTE;
/** Minimum time between fetches, so that forged key identifiers cannot make this portal flood GitHub. */
const PAUSE_MS = MINUTE;
const TIMEOUT_MS = 5_000;
const CURVE = 'prime256v1';

const answer = z.object({
  public_keys: z.array(
    z.object({ key_identifier: z.string(), key: z.string() }),
  ),
});

/**
 * The public keys that GitHub's secret scanning signs with, cached in memory.
 *
 * https://docs.github.com/en/code-security/secret-scanning/secret-scanning-partnership-program/secret-scanning-partner-program
 */
export class GitHubKeys {
  readonly #url: string;
  readonly #token: string | undefined;
  readonly #logger: LoggerService;

  #keys = new Map<string, KeyObject>();
  #fetchedAt = -Infinity;
  #triedAt = -Infinity;
  #fetching?: Promise<void>;

  /** @param options - `token` raises GitHub's rate limit */
  constructor(options: { url: string; token?: string; logger: LoggerService }) {
    this.#url = options.url;
    this.#token = options.token;
    this.#logger = options.logger;
  }

  /**
   * Returns the key of an identifier, if GitHub has it.
   *
   * @throws ServiceUnavailableError if GitHub does not answer: the signature may be valid
   */
  async find(identifier: string): Promise<KeyObject | undefined> {
    const known = this.#keys.get(identifier);
    const age = Date.now() - this.#fetchedAt;
    if (known && age < FRESH_MS) return known;
    try {
      await this.#refresh();
    } catch (error) {
      if (known && age < USABLE_MS) return known;
      throw error;
    }
    return this.#keys.get(identifier);
  }

  /** Runs at most once per pause, and once for all concurrent callers. */
  async #refresh() {
    if (Date.now() - this.#triedAt >= PAUSE_MS) {
      this.#triedAt = Date.now();
      this.#fetching = this.#fetch().finally(() => {
        this.#fetching = undefined;
      });
    }
    await this.#fetching;
    if (this.#fetchedAt < this.#triedAt) {
      throw new ServiceUnavailableError(
        'The signature cannot be checked right now, try again later',
      );
    }
  }

  async #fetch() {
    try {
      const response = await fetch(this.#url, {
        headers: {
          accept: 'application/json',
          ...(this.#token && { authorization: `Bearer ${this.#token}` }),
        },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) throw new Error(`The answer is ${response.status}`);
      const { public_keys: keys } = answer.parse(await response.json());
      this.#keys = new Map(keys.flatMap(toKey));
      this.#fetchedAt = Date.now();
    } catch (error) {
      this.#logger.warn(
        `Could not fetch the public keys of GitHub's secret scanning from ${
          this.#url
        }, so that its leak reports are answered with 503`,
        toError(error),
      );
    }
  }
}

/** Rejects keys of a type that GitHub does not sign with, which would mean another algorithm. */
function toKey(told: {
  key_identifier: string;
  key: string;
}): [string, KeyObject][] {
  const key = createPublicKey(told.key);
  return key.asymmetricKeyDetails?.namedCurve === CURVE
    ? [[told.key_identifier, key]]
    : [];
}
