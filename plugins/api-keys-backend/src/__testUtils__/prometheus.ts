import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DataPointType, MetricData } from '@opentelemetry/sdk-metrics';
import { parse } from 'yaml';

const GRAFANA = path.resolve(__dirname, '../../../../docs/grafana');
const read = (file: string) => readFileSync(path.join(GRAFANA, file), 'utf8');

export type AlertRule = { alert: string; expr: string; annotations: object };
type Panel = { title: string; targets: { expr: string }[] };

/** Returns the alerting rules that readers copy. */
export function alertRules(): AlertRule[] {
  const { groups } = parse(read('alerts.yaml'));
  return groups.flatMap(({ rules }: { rules: AlertRule[] }) => rules);
}

/** Returns the dashboard that readers import. */
export function dashboard(): { panels: Panel[] } {
  return JSON.parse(read('api-keys.json'));
}

/** Returns every expression of the alerts and the dashboard. */
export function expressions(): string[] {
  return [
    ...dashboard().panels.flatMap(({ targets }) =>
      targets.map(({ expr }) => expr),
    ),
    ...alertRules().map(({ expr }) => expr),
  ];
}

/** Selector such as `name{label="value"}`. */
export type Selector = {
  name: string;
  matchers: { label: string; isPattern: boolean; value: string }[];
};

/** Returns the selectors in an expression that refer to metrics of API keys or of Backstage's scheduler. */
export function selectorsIn(expression: string): Selector[] {
  const found = expression.matchAll(
    /\b((?:api_keys|backend_tasks)_[a-z_]+)(?:\{([^}]*)\})?/g,
  );
  return [...found].map(([, name, matchers = '']) => ({
    name,
    matchers: [...matchers.matchAll(/(\w+)=(~?)"([^"]*)"/g)].map(
      ([, label, tilde, value]) => ({ label, isPattern: tilde === '~', value }),
    ),
  }));
}

/** Series that a backend exports, without the labels that Prometheus adds. */
export type Series = { name: string; labels: Record<string, string> };

export function seriesOf(metrics: readonly MetricData[]): Series[] {
  return metrics.flatMap(metric =>
    metric.dataPoints.flatMap(({ attributes }) =>
      prometheusNames(metric).map(name => ({
        name,
        labels: attributes as Record<string, string>,
      })),
    ),
  );
}

/** Names a metric like `PrometheusSerializer` of `@opentelemetry/exporter-prometheus`. */
export function prometheusNames(metric: MetricData): string[] {
  const plain = metric.descriptor.name
    .replace(/[^a-z0-9_]/gi, '_')
    .replace(/_{2,}/g, '_');
  if (metric.dataPointType === DataPointType.HISTOGRAM) {
    return ['bucket', 'sum', 'count'].map(part => `${plain}_${part}`);
  }
  const isCounter =
    metric.dataPointType === DataPointType.SUM && metric.isMonotonic;
  return [isCounter ? `${plain}_total` : plain];
}

/** Returns the label values that a selector lists: each of them needs a series. */
export function namedValues({ matchers }: Selector): Record<string, string>[] {
  return matchers
    .filter(({ label }) => label !== 'job')
    .reduce<Record<string, string>[]>(
      (all, { label, isPattern, value }) =>
        all.flatMap(labels =>
          (isPattern ? value.split('|') : [value]).map(one => ({
            ...labels,
            [label]: one,
          })),
        ),
      [{}],
    );
}
