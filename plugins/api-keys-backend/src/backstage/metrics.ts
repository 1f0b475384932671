/*
 * Backstage's metrics service: OpenTelemetry's instruments, which measure nothing where the backend has no exporter.
 */
export { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
export type {
  MetricsService,
  MetricsServiceCounter,
  MetricsServiceHistogram,
} from '@backstage/backend-plugin-api/alpha';
