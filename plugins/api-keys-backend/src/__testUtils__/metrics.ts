import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { MetricsService } from '../backstage/metrics';
import { KeyMetrics } from '../observability/metrics/KeyMetrics';

/** Collects on demand, like Prometheus. */
class Reader extends MetricReader {
  protected async onForceFlush() {}
  protected async onShutdown() {}
}

/** Value of a metric, or the number of its recordings, with labels. */
export type Measured = { name: string; labels: object; value: number };

/** Sets up OpenTelemetry with a reader in memory. */
export function meter() {
  const reader = new Reader();
  const provider = new MeterProvider({ readers: [reader] });
  const collect = async () => {
    const { resourceMetrics } = await reader.collect();
    return resourceMetrics.scopeMetrics.flatMap(scope => scope.metrics);
  };
  /** Returns everything that was measured since the start. */
  const measured = async (): Promise<Measured[]> =>
    (await collect()).flatMap(({ descriptor: { name }, dataPoints }) =>
      dataPoints.map(({ value, attributes: labels }) => ({
        name,
        labels,
        value: typeof value === 'number' ? value : value.count,
      })),
    );
  const metrics: MetricsService = provider.getMeter('test');
  return { provider, collect, measured, metrics: new KeyMetrics({ metrics }) };
}
