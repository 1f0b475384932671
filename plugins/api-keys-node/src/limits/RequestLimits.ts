import { Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { addressBucket } from '../addresses/addressBucket';
import { invalidConfigValue } from '../config/invalidValue';
import { ApiKeyRateLimitError, RequestQuota } from '../verification/errors';
import { VerifiedApiKey } from '../verification/types';

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;

/**
 * A number of requests in a period.
 *
 * @public
 */
export type RequestLimit = {
  max: number;
  /** Milliseconds. */
  per: number;
};

/**
 * Limits on uses of keys and on failed attempts.
 *
 * @public
 */
export type RequestLimitsConfig = {
  /** For each key; no limit if left out. */
  requests?: RequestLimit;
  /** For each IP address. */
  failuresPerIp: RequestLimit;
};

/**
 * Reads `apiKeys.limits.requests` and `apiKeys.limits.failuresPerIp`.
 *
 * @throws Error naming the key, the value and what is allowed
 * @public
 */
export function readRequestLimits(config: Config): RequestLimitsConfig {
  return {
    requests: readLimit(config, 'requests'),
    failuresPerIp: readLimit(config, 'failuresPerIp', {
      max: 30,
      per: { minutes: 1 },
    })!,
  };
}

function readLimit(
  config: Config,
  name: string,
  fallback?: { max: number; per: HumanDuration },
): RequestLimit | undefined {
  const key = `apiKeys.limits.${name}`;
  if (!config.has(key) && !fallback) return undefined;
  const max = config.getOptionalNumber(`${key}.max`) ?? fallback?.max;
  const has = config.has(`${key}.per`);
  const duration = has
    ? readDurationFromConfig(config, { key: `${key}.per` })
    : fallback?.per;
  if (max === undefined || !Number.isInteger(max) || max < 1) {
    throw invalidConfigValue(`${key}.max`, max, 'a whole number from 1');
  }
  const per = duration && durationToMilliseconds(duration);
  if (per === undefined || per < SECOND || per > DAY) {
    const value = has ? config.get(`${key}.per`) : undefined;
    throw invalidConfigValue(
      `${key}.per`,
      value,
      'a duration between 1 second and 1 day',
    );
  }
  return { max, per };
}

/**
 * Counts in the memory of this process, so that no request waits for it. With several replicas, a limit applies to each.
 *
 * @public
 */
export class RequestLimits {
  readonly #requests: RateLimiterMemory | undefined;
  readonly #failures: RateLimiterMemory;

  constructor(config: RequestLimitsConfig) {
    this.#requests = config.requests && limiterOf('key', config.requests);
    this.#failures = limiterOf('ip', config.failuresPerIp);
  }

  /** True if requests of keys need to be counted. */
  get holdKeys(): boolean {
    return this.#requests !== undefined;
  }

  /**
   * Counts a request of a key, together with those of the keys that it was rotated from and into.
   *
   * @returns the remaining quota; undefined without a limit
   * @throws {@link ApiKeyRateLimitError} for one too many
   */
  async countRequest({
    id,
    familyId = id,
  }: Pick<VerifiedApiKey, 'id' | 'familyId'>): Promise<
    RequestQuota | undefined
  > {
    if (!this.#requests) return undefined;
    return count(
      this.#requests,
      familyId,
      'The API key is used too often, try again later',
    );
  }

  /**
   * Counts a credential that was refused. Valid credentials are never limited by these failures.
   *
   * @param address - as `parseAddress` returns it
   * @throws {@link ApiKeyRateLimitError} for one too many
   */
  async countFailure(address: string | undefined): Promise<void> {
    await count(
      this.#failures,
      addressBucket(address),
      'Too many failed attempts from this address, try again later',
    );
  }
}

function limiterOf(keyPrefix: string, { max, per }: RequestLimit) {
  return new RateLimiterMemory({
    keyPrefix,
    points: max,
    duration: per / SECOND,
  });
}

async function count(
  limiter: RateLimiterMemory,
  whom: string,
  message: string,
): Promise<RequestQuota> {
  try {
    return quotaOf(limiter, await limiter.consume(whom));
  } catch (result) {
    if (!(result instanceof RateLimiterRes)) throw result;
    throw new ApiKeyRateLimitError(message, quotaOf(limiter, result));
  }
}

function quotaOf(
  { points }: RateLimiterMemory,
  { remainingPoints, msBeforeNext }: RateLimiterRes,
): RequestQuota {
  return {
    limit: points,
    remaining: remainingPoints,
    resetsIn: Math.max(1, Math.ceil(msBeforeNext / SECOND)),
  };
}
