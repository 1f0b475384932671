import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { load } from '../backstage.mjs';
import { percentile } from '../statistics.mjs';
import { Secrets } from './throughput.mjs';

const own = path => load(`backstage-plugin-api-keys-backend/src/${path}`);
const { openStores } = own('database/stores');
const { KeyMetrics } = own('observability/metrics/KeyMetrics');
const { UsageRecorder } = own('verification/UsageRecorder');
const { metrics } = load('@opentelemetry/api');

const HOUR = 60 * 60 * 1000;
/** Rate of verifications with and without a flush: this many every two milliseconds. */
const EVERY_MS = 2;
const QUIET_MS = 3000;
const USE = { plugin: 'catalog', ip: '10.0.0.7', userAgent: 'curl/8.5.0' };

const logger = {
  warn(message, error) {
    throw new Error(message, { cause: error });
  },
};

/**
 * Flushes uses of all keys at once, several times, while keys that are not cached are verified at a steady rate.
 *
 * @param apiKeys - without a cache
 * @returns for each round, its duration in seconds, and the durations of verifications before and meanwhile
 */
export async function measureFlush({ apiKeys, keys, rounds }) {
  const stores = await openStores(apiKeys);
  const recorder = new UsageRecorder({
    stores,
    logger,
    metrics: new KeyMetrics({ metrics: metrics.getMeter('bench') }),
    // Flushes only on request: no use is new enough for an early flush.
    resolution: HOUR,
    lastUseOf: () => Date.now(),
    recordIp: true,
  });
  // The first use after a start is flushed at once.
  recorder.record(keys[0].id, USE, Date.now());
  await sleep(100);
  await recorder.flush();

  const secrets = new Secrets(keys);
  const measured = [];
  for (let round = 0; round < rounds; round++) {
    for (const { id } of keys) recorder.record(id, USE, Date.now());
    const before = await whileVerifying({ apiKeys, secrets }, () =>
      sleep(QUIET_MS),
    );
    const during = await whileVerifying({ apiKeys, secrets }, () =>
      recorder.flush(),
    );
    if (recorder.waiting > 0) throw new Error('Uses were not written');
    measured.push({ seconds: during.seconds, before, during });
  }
  await recorder.stop();
  return measured;
}

/** Verifies at a steady rate. A delayed verification counts from the time at which it was due. */
async function whileVerifying({ apiKeys, secrets }, task) {
  const times = [];
  const underWay = [];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  let begun = 0;
  const catchUp = () => {
    for (; start + begun * EVERY_MS <= performance.now(); begun++) {
      const due = start + begun * EVERY_MS;
      const verified = apiKeys.verify(secrets.next());
      underWay.push(verified.then(() => times.push(performance.now() - due)));
    }
  };
  const timer = setInterval(catchUp, 1);
  await task();
  const seconds = (performance.now() - start) / 1000;
  clearInterval(timer);
  await Promise.all(underWay);
  delay.disable();
  times.sort((a, b) => a - b);
  return {
    seconds,
    p50: percentile(times, 50),
    p99: percentile(times, 99),
    pause: delay.max / 1e6,
  };
}
