import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { MetricsService } from '../backstage/metrics';
import { KeyMetrics } from '../metrics/KeyMetrics';

/** Collects when it is told to, as Prometheus does. */
class Reader extends MetricReader {
  protected async onForceFlush() {}
  protected async onShutdown() {}
}

/** The value of a metric, or how often it was recorded, with its labels. */
export type Measured = { name: string; labels: object; value: number };

/** OpenTelemetry with a reader in memory. */
export function meter() {
  const reader = new Reader();
  const provider = new MeterProvider({ readers: [reader] });
  const collect = async () => {
    const { resourceMetrics } = await reader.collect();
    return resourceMetrics.scopeMetrics.flatMap(scope => scope.metrics);
  };
  /** What was measured since the start. */
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
