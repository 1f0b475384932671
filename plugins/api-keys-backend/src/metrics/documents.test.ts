import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DataPointType } from '@opentelemetry/sdk-metrics';
import { API_KEY_STATUSES } from 'backstage-plugin-api-keys-common';
import { parse } from 'yaml';
import { meter } from '../__testUtils__/metrics';

const DOCS = path.resolve(__dirname, '../../../../docs');
const read = (file: string) => readFileSync(path.join(DOCS, file), 'utf8');

/** Of Backstage's scheduler. */
const OTHER_NAMES = ['backend_tasks_task_runs_count_total'];
const OTHER_LABELS = ['job', 'le', 'taskId', 'result'];

type Panel = { title: string; targets: { expr: string }[] };
type Rule = { alert: string; expr: string; annotations: object };

const dashboard: { panels: Panel[]; templating: object } = JSON.parse(
  read('grafana/api-keys.json'),
);
const alerts: { groups: { rules: Rule[] }[] } = parse(
  read('grafana/alerts.yaml'),
);
const rules = alerts.groups.flatMap(group => group.rules);
const expressions = [
  ...dashboard.panels.flatMap(({ targets }) => targets.map(one => one.expr)),
  ...rules.map(({ expr }) => expr),
];

/** Every metric that there is, by the name and the unit that OpenTelemetry knows, with the names that Prometheus has for it. */
async function existing() {
  const { metrics, collect } = meter();
  metrics.verified('accepted', 1);
  metrics.cached(true);
  metrics.refused('rotated');
  metrics.flushed(1, 1);
  metrics.flushFailed();
  metrics.warned(1, 'expiry');
  metrics.noticeFailed();
  metrics.watchBuffer(() => 1);
  metrics.watchCache(() => 1);
  metrics.watchKeys(async () => ({
    totalItems: 0,
    byStatus: {
      active: 0,
      retiring: 0,
      inactive: 0,
      expired: 0,
      revoked: 0,
    },
    expiringIn7Days: 0,
    expiringIn30Days: 0,
    withoutExpiry: 0,
    neverUsed: 0,
    idle90Days: 0,
    revokedIn7Days: 0,
    expiriesByDay: new Map(),
  }));
  return (await collect()).map(metric => ({
    name: metric.descriptor.name,
    labels: metric.dataPoints.flatMap(point => Object.keys(point.attributes)),
    prometheus: prometheusNames(
      metric.descriptor.name,
      metric.dataPointType,
      'isMonotonic' in metric && metric.isMonotonic,
    ),
  }));
}

/** As `PrometheusSerializer` of `@opentelemetry/exporter-prometheus` does it. */
function prometheusNames(
  name: string,
  type: DataPointType,
  isCounter: boolean,
): string[] {
  const plain = name.replace(/[^a-z0-9_]/gi, '_').replace(/_{2,}/g, '_');
  if (type === DataPointType.HISTOGRAM) {
    return ['bucket', 'sum', 'count'].map(part => `${plain}_${part}`);
  }
  return [isCounter ? `${plain}_total` : plain];
}

const namesIn = (text: string): string[] =>
  text.match(/\b(api_keys|backend_tasks)_[a-z_]+/g) ?? [];

describe('what is said of metrics', () => {
  it('every metric in the dashboard and the alerts exists', async () => {
    const names = (await existing()).flatMap(one => one.prometheus);
    const used = namesIn(JSON.stringify([dashboard, rules]));
    expect(used.length).toBeGreaterThan(20);
    expect([...names, ...OTHER_NAMES]).toEqual(
      expect.arrayContaining([...new Set(used)]),
    );
  });

  it('the dashboard shows every metric', async () => {
    const shown = namesIn(JSON.stringify(dashboard));
    for (const { prometheus } of await existing()) {
      expect(prometheus.filter(name => shown.includes(name))).not.toEqual([]);
    }
  });

  it('every label and value that is asked for exists', async () => {
    const metrics = await existing();
    const labels = [...metrics.flatMap(one => one.labels), ...OTHER_LABELS];
    const values: Record<string, readonly string[]> = {
      outcome: ['unavailable', 'unknown', 'malformed'],
      reason: ['rotated', 'leaked'],
      status: API_KEY_STATUSES,
      result: ['failed', 'hit'],
      job: ['$job'],
      taskId: ['api-keys-.*'],
    };
    const matchers = expressions.flatMap(expression => [
      ...expression.matchAll(/(\w+)=~?"([^"]*)"/g),
    ]);
    expect(matchers.length).toBeGreaterThan(15);
    for (const [, label, value] of matchers) {
      expect(labels).toContain(label);
      expect(values[label]).toEqual(expect.arrayContaining(value.split('|')));
    }
    const groupings = expressions.flatMap(expression => [
      ...expression.matchAll(/by \((\w+)\)/g),
    ]);
    for (const [, label] of groupings) expect(labels).toContain(label);
  });

  it('the page has a row for every metric, with its labels and its names for Prometheus', async () => {
    const rows = read('operations.md')
      .split('\n')
      .filter(line => line.startsWith('| `api_keys.'))
      .map(line => line.split('|').map(cell => cell.trim()));
    const documented = rows.map(([, names, labels]) => ({
      name: names.match(/api_keys\.[\w.]+/)![0],
      prometheus: names.match(/api_keys_\w+/)![0],
      labels: labels.match(/\w+/g) ?? [],
    }));
    const sort = <T extends { name: string }>(all: T[]) =>
      [...all].sort((a, b) => a.name.localeCompare(b.name));
    expect(sort(documented)).toEqual(
      sort(
        (await existing()).map(({ name, prometheus, labels }) => ({
          name,
          prometheus: prometheus[0],
          labels: [...new Set(labels)],
        })),
      ),
    );
  });

  it('the page says what to do about every alert, and of no other', () => {
    const documented = [
      ...read('operations.md').matchAll(/^\| `(ApiKeys\w+)`/gm),
    ];
    expect(documented.map(([, name]) => name)).toEqual(
      rules.map(({ alert }) => alert),
    );
    for (const { annotations } of rules) {
      expect(annotations).toEqual({
        summary: expect.any(String),
        description: expect.any(String),
      });
    }
  });

  it('the page names every task there is', () => {
    const src = path.join(__dirname, '..');
    const tasks = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter(file => /(?<!\.test)\.ts$/.test(file))
      .map(file => readFileSync(path.join(src, file), 'utf8'))
      .flatMap(code => [
        ...code.matchAll(/scheduleTask\(\{\s*id: '(api-keys-[a-z-]+)'/g),
      ])
      .map(([, id]) => id);
    expect(tasks).toContain('api-keys-enforce-policies');
    for (const task of tasks) expect(read('operations.md')).toContain(task);
  });
});
