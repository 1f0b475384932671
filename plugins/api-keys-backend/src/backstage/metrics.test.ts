import { metricsServiceFactory } from '@backstage/backend-defaults/alpha';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import { metrics } from '@opentelemetry/api';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { metricsServiceRef } from './metrics';

/** Collects metrics on demand. */
class Reader extends MetricReader {
  protected async onForceFlush() {}
  protected async onShutdown() {}
}

it("Backstage's metrics service measures with OpenTelemetry, under the names that it is given", async () => {
  const reader = new Reader();
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  const backend = await startTestBackend({
    features: [
      metricsServiceFactory,
      createBackendPlugin({
        pluginId: 'probe',
        register(reg) {
          reg.registerInit({
            deps: { service: metricsServiceRef },
            async init({ service }) {
              service.createCounter('probe.calls.count').add(2, { by: 'ada' });
              service
                .createHistogram('probe.call.duration', {
                  unit: 's',
                  advice: { explicitBucketBoundaries: [1, 2] },
                })
                .record(1.5);
              service
                .createObservableGauge('probe.open')
                .addCallback(async gauge => gauge.observe(7));
            },
          });
        },
      }),
    ],
  });
  const { resourceMetrics } = await reader.collect();
  await backend.stop();
  metrics.disable();

  const [{ scope, metrics: measured }] = resourceMetrics.scopeMetrics;
  expect(scope.name).toBe('backstage-plugin-probe');
  expect(measured).toMatchObject([
    {
      descriptor: { name: 'probe.calls.count' },
      dataPoints: [{ value: 2, attributes: { by: 'ada' } }],
    },
    {
      descriptor: { name: 'probe.call.duration', unit: 's' },
      dataPoints: [
        { value: { buckets: { boundaries: [1, 2], counts: [0, 1, 0] } } },
      ],
    },
    { descriptor: { name: 'probe.open' }, dataPoints: [{ value: 7 }] },
  ]);
});
