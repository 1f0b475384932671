/* Backstage's metrics service: OpenTelemetry instruments, which measure nothing in a backend without an exporter. */
export { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
export type {
  MetricsService,
  MetricsServiceCounter,
  MetricsServiceHistogram,
} from '@backstage/backend-plugin-api/alpha';
