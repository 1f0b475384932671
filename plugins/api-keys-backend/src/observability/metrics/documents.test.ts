import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { meter } from '../../__testUtils__/metrics';
import {
  alertRules,
  dashboard,
  expressions,
  prometheusNames,
} from '../../__testUtils__/prometheus';

const OPERATIONS = readFileSync(
  path.resolve(__dirname, '../../../../../docs/operations.md'),
  'utf8',
);

/** Metrics of Backstage's scheduler; portal.test.ts tests that a backend exports them. */
const OTHER_NAMES = [
  'backend_tasks_task_runs_started',
  'backend_tasks_task_runs_completed',
];
const OTHER_LABELS = ['job', 'le', 'taskId', 'result'];

/** Returns every existing metric by its OpenTelemetry name, with its Prometheus names. */
async function existing() {
  const { metrics, collect } = meter();
  metrics.verified('accepted', 1);
  metrics.flushed(1, 1);
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
    prometheus: prometheusNames(metric),
  }));
}

const namesIn = (text: string): string[] =>
  text.match(/\b(api_keys|backend_tasks)_[a-z_]+/g) ?? [];

describe('the documents about metrics', () => {
  it('every metric in the dashboard and the alerts exists', async () => {
    const names = (await existing()).flatMap(one => one.prometheus);
    const used = namesIn(JSON.stringify([dashboard(), alertRules()]));
    expect(used.length).toBeGreaterThan(20);
    expect([...names, ...OTHER_NAMES]).toEqual(
      expect.arrayContaining([...new Set(used)]),
    );
  });

  it('the dashboard shows every metric', async () => {
    const shown = namesIn(JSON.stringify(dashboard()));
    for (const { prometheus } of await existing()) {
      expect(prometheus.filter(name => shown.includes(name))).not.toEqual([]);
    }
  });

  it('every label that is grouped by exists', async () => {
    const metrics = await existing();
    const labels = [...metrics.flatMap(one => one.labels), ...OTHER_LABELS];
    const groupings = expressions().flatMap(expression => [
      ...expression.matchAll(/by \((\w+)\)/g),
    ]);
    expect(groupings.length).toBeGreaterThan(5);
    for (const [, label] of groupings) expect(labels).toContain(label);
  });

  it('the page has a row for every metric, with its labels and its names for Prometheus', async () => {
    const rows = OPERATIONS.split('\n')
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
    const documented = [...OPERATIONS.matchAll(/^\| `(ApiKeys\w+)`/gm)];
    expect(documented.map(([, name]) => name)).toEqual(
      alertRules().map(({ alert }) => alert),
    );
    for (const { annotations } of alertRules()) {
      expect(annotations).toEqual({
        summary: expect.any(String),
        description: expect.any(String),
      });
    }
  });

  it('the page names every task there is', () => {
    const src = path.join(__dirname, '../..');
    const tasks = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter(file => /(?<!\.test)\.ts$/.test(file))
      .map(file => readFileSync(path.join(src, file), 'utf8'))
      .flatMap(code => [
        ...code.matchAll(/scheduleTask\(\{\s*id: '(api-keys-[a-z-]+)'/g),
      ])
      .map(([, id]) => id);
    expect(tasks).toContain('api-keys-enforce-policies');
    for (const task of tasks) expect(OPERATIONS).toContain(task);
  });
});
