import { metrics } from '@opentelemetry/api';
import { API_KEY_REFUSAL_REASONS } from 'backstage-plugin-api-keys-common';
import { eventually } from '../../__testUtils__/eventually';
import { Measured, meter } from '../../__testUtils__/metrics';
import {
  alertRules,
  expressions,
  namedValues,
  selectorsIn,
  Series,
  seriesOf,
} from '../../__testUtils__/prometheus';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../../__testUtils__/startTestPortal';
import { OUTCOMES } from './labels';

/** Histograms exist from the first measurement on, and no alert needs them before. */
const HISTOGRAM = /_(bucket|sum|count)$/;
/** Metrics of Backstage's scheduler. */
const TASKS = /^backend_tasks_/;

describe('the metrics of a portal', () => {
  const { provider, measured, collect } = meter();
  let portal: TestPortal;
  /** Metrics before any request. */
  let atStart: { measured: Measured[]; series: Series[] };

  beforeAll(async () => {
    // An instrumentation.js sets it before anything else is loaded.
    metrics.setGlobalMeterProvider(provider);
    // The port makes it use Backstage's own scheduler.
    portal = await startTestPortal({ port: await freePort() });
    atStart = {
      measured: await measured(),
      series: seriesOf(await collect()),
    };
  });

  afterAll(async () => {
    await portal.stop();
    metrics.disable();
  });

  it('have each outcome and each reason from the start, at 0', () => {
    const zeros = (name: string, label: string, values: readonly string[]) =>
      values.map(value => ({ name, labels: { [label]: value }, value: 0 }));
    expect(atStart.measured).toEqual(
      expect.arrayContaining([
        ...zeros('api_keys.verifications.count', 'outcome', OUTCOMES),
        ...zeros('api_keys.refusals.count', 'reason', API_KEY_REFUSAL_REASONS),
        ...zeros('api_keys.cache.lookups.count', 'result', ['hit', 'miss']),
        ...zeros('api_keys.warnings.sent.count', 'kind', [
          'expiry',
          'inactivity',
          'expired',
        ]),
        {
          name: 'api_keys.usage.flush.failures.count',
          labels: {},
          value: 0,
        },
        { name: 'api_keys.usage.flushed.count', labels: {}, value: 0 },
        { name: 'api_keys.notices.failures.count', labels: {}, value: 0 },
        { name: 'api_keys.notices.lost.count', labels: {}, value: 0 },
      ]),
    );
  });

  it('have every series that an alert or the dashboard asks for from the start', () => {
    const asked = expressions()
      .flatMap(selectorsIn)
      .filter(({ name }) => !HISTOGRAM.test(name) && !TASKS.test(name));
    expect(asked.length).toBeGreaterThan(20);
    for (const selector of asked) {
      for (const labels of namedValues(selector)) {
        expect(atStart.series).toContainEqual({
          name: selector.name,
          labels: expect.objectContaining(labels),
        });
      }
    }
  });

  it('have the series of tasks that alerts ask for, once a task has run', async () => {
    const asked = alertRules()
      .flatMap(({ expr }) => selectorsIn(expr))
      .filter(({ name }) => TASKS.test(name));
    expect(asked.length).toBeGreaterThan(5);
    const task = { taskId: 'api-keys-enforce-policies' };
    await eventually(async () => {
      const series = seriesOf(await collect());
      for (const { name, matchers } of asked) {
        const names = matchers.map(({ label }) => label);
        expect(
          names.filter(one => !['taskId', 'result'].includes(one)),
        ).toEqual([]);
        const result = names.includes('result') && { result: 'completed' };
        expect(series).toContainEqual({
          name,
          labels: expect.objectContaining({ ...task, ...result }),
        });
      }
    });
  });

  it('count requests with a key, also with a mistyped one, and keys', async () => {
    const { secret } = await portal.createKey('ada');
    await portal.call('get', '/api/probe/whoami', secret).expect(200);
    await portal.call('get', '/api/probe/whoami', `${secret}x`).expect(401);

    const verifications = (outcome: string) => ({
      name: 'api_keys.verifications.count',
      labels: { outcome },
      value: expect.any(Number),
    });
    const told = await measured();
    expect(told).toEqual(
      expect.arrayContaining([
        verifications('accepted'),
        { ...verifications('malformed'), value: 1 },
        {
          name: 'api_keys.usage.buffer.size',
          labels: {},
          value: expect.any(Number),
        },
      ]),
    );
    // Only metrics of this plugin; Backstage adds labels of its own to the others.
    const own = told.filter(({ name }) => name.startsWith('api_keys.'));
    expect(JSON.stringify(own)).not.toMatch(/ada|bsk_/);
  });
});
