import {
  API_KEY_REFUSAL_REASONS,
  API_KEY_STATUSES,
  API_KEY_WARNING_KINDS,
  ApiKeyRefusalReason,
  ApiKeyWarningKind,
} from 'backstage-plugin-api-keys-common';
import {
  MetricsService,
  MetricsServiceCounter,
  MetricsServiceHistogram,
} from '../../backstage/metrics';
import { KeySummary } from '../../database/queries';
import { startOfDay, DAY } from '../../lifecycle/time';
import { CACHE_RESULTS, CacheResult, OutcomeName, OUTCOMES } from './labels';

const EXPIRING_WITHIN_DAYS = 14;

/** Buckets from a lookup in memory to a database that is about to time out, in seconds. */
const DURATIONS = [
  0.00001, 0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
  0.5, 1, 2.5, 5,
];

/**
 * Metrics of keys for OpenTelemetry, with names like those of Backstage's own. No label holds a key, a person or a secret, and
 * each has a small, fixed set of values.
 *
 * Without an exporter, nothing is measured and the keys in the database are not counted.
 */
export class KeyMetrics {
  readonly #metrics: MetricsService;
  readonly #verifications: MetricsServiceCounter;
  readonly #verificationDuration: MetricsServiceHistogram;
  readonly #cacheLookups: MetricsServiceCounter;
  readonly #refusals: MetricsServiceCounter;
  readonly #flushed: MetricsServiceCounter;
  readonly #flushDuration: MetricsServiceHistogram;
  readonly #failedFlushes: MetricsServiceCounter;
  readonly #warnings: MetricsServiceCounter;
  readonly #failedNotices: MetricsServiceCounter;
  readonly #lostNotices: MetricsServiceCounter;

  constructor(options: { metrics: MetricsService }) {
    const { metrics } = options;
    this.#metrics = metrics;
    const counter = (name: string, description: string) =>
      metrics.createCounter(name, { description });
    const duration = (name: string, description: string) =>
      metrics.createHistogram(name, {
        description,
        unit: 's',
        advice: { explicitBucketBoundaries: DURATIONS },
      });
    this.#verifications = counter(
      'api_keys.verifications.count',
      'Secrets that were presented, by what came of it',
    );
    this.#verificationDuration = duration(
      'api_keys.verification.duration',
      'How long it took to tell whether a secret is accepted',
    );
    this.#cacheLookups = counter(
      'api_keys.cache.lookups.count',
      'Well-formed secrets that were looked for in memory, by whether that was enough (hit) or the database had to be asked (miss)',
    );
    this.#refusals = counter(
      'api_keys.refusals.count',
      'Right secrets that were refused, by why',
    );
    this.#flushed = counter(
      'api_keys.usage.flushed.count',
      'Keys of which uses were written to the database',
    );
    this.#flushDuration = duration(
      'api_keys.usage.flush.duration',
      'How long it took to write uses to the database',
    );
    this.#failedFlushes = counter(
      'api_keys.usage.flush.failures.count',
      'Attempts to write uses to the database that failed',
    );
    this.#warnings = counter(
      'api_keys.warnings.sent.count',
      'Warnings that were sent, by kind',
    );
    this.#failedNotices = counter(
      'api_keys.notices.failures.count',
      'Attempts to send a notification that failed',
    );
    this.#lostNotices = counter(
      'api_keys.notices.lost.count',
      'Notifications about keys that were given up after a week of attempts',
    );
    this.#startAtZero();
  }

  verified(outcome: OutcomeName, seconds: number): void {
    this.#verifications.add(1, { outcome });
    this.#verificationDuration.record(seconds);
  }

  cached(isHit: boolean): void {
    const result: CacheResult = isHit ? 'hit' : 'miss';
    this.#cacheLookups.add(1, { result });
  }

  refused(reason: ApiKeyRefusalReason): void {
    this.#refusals.add(1, { reason });
  }

  flushed(keys: number, seconds: number): void {
    this.#flushed.add(keys);
    this.#flushDuration.record(seconds);
  }

  flushFailed(): void {
    this.#failedFlushes.add(1);
  }

  warned(warnings: number, kind: ApiKeyWarningKind): void {
    this.#warnings.add(warnings, { kind });
  }

  noticeFailed(): void {
    this.#failedNotices.add(1);
  }

  noticeLost(): void {
    this.#lostNotices.add(1);
  }

  /** @param size - returns the number of cached keys */
  watchCache(size: () => number): void {
    this.#gauge(
      'api_keys.cache.size',
      'API keys that need not be looked up in the database',
      observe => observe(size()),
    );
  }

  /** @param size - returns the number of keys with unwritten uses */
  watchBuffer(size: () => number): void {
    this.#gauge(
      'api_keys.usage.buffer.size',
      'Keys of which uses are not written to the database yet',
      observe => observe(size()),
    );
  }

  /** @param summary - returns the numbers of all keys, or undefined if they are unavailable; called for each collection of metrics */
  watchKeys(summary: () => Promise<KeySummary | undefined>): void {
    this.#gauge('api_keys.keys.count', 'API keys by status', async observe => {
      const keys = await summary();
      if (!keys) return;
      for (const status of API_KEY_STATUSES) {
        observe(keys.byStatus[status], { status });
      }
    });
    this.#gauge(
      'api_keys.keys.expiring.count',
      `Accepted API keys that expire within ${EXPIRING_WITHIN_DAYS} days`,
      async observe => {
        const keys = await summary();
        if (keys) observe(expiring(keys));
      },
    );
    this.#gauge(
      'api_keys.keys.never_used.count',
      'Accepted API keys that were never used',
      async observe => {
        const keys = await summary();
        if (keys) observe(keys.neverUsed);
      },
    );
  }

  /**
   * Exports each counter with each of its labels from the start. Prometheus does not count the step from no series to 1 as an
   * increase, so an alert on `increase()` would miss the first event.
   */
  #startAtZero() {
    for (const outcome of OUTCOMES) this.#verifications.add(0, { outcome });
    for (const result of CACHE_RESULTS) this.#cacheLookups.add(0, { result });
    for (const reason of API_KEY_REFUSAL_REASONS)
      this.#refusals.add(0, { reason });
    for (const kind of API_KEY_WARNING_KINDS) this.#warnings.add(0, { kind });
    this.#flushed.add(0);
    this.#failedFlushes.add(0);
    this.#failedNotices.add(0);
    this.#lostNotices.add(0);
  }

  #gauge(
    name: string,
    description: string,
    callback: (
      observe: (value: number, labels?: Record<string, string>) => void,
    ) => void | Promise<void>,
  ) {
    this.#metrics
      .createObservableGauge(name, { description })
      .addCallback(result =>
        callback((value, labels) => result.observe(value, labels)),
      );
  }
}

/** Counts keys that expire before the end of the last day, in UTC. */
function expiring({ expiriesByDay }: KeySummary): number {
  const last = startOfDay(Date.now()) + EXPIRING_WITHIN_DAYS * DAY;
  return [...expiriesByDay]
    .filter(([day]) => day <= last)
    .reduce((total, [, keys]) => total + keys, 0);
}
