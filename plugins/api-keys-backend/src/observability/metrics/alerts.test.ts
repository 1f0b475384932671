import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { readDocument, snippetsOf } from '../../__testUtils__/docs';
import { isInstalled } from '../../__testUtils__/isInstalled';
import { alertRules } from '../../__testUtils__/prometheus';

const GRAFANA = path.resolve(__dirname, '../../../../../docs/grafana');

type AlertTest = { alertname: string; exp_alerts: unknown[] };
const { tests }: { tests: { alert_rule_test: AlertTest[] }[] } = parse(
  readFileSync(path.join(GRAFANA, 'alerts.test.yaml'), 'utf8'),
);

/** `promtool` is part of Prometheus (Debian: `prometheus`). */
const describeWithPromtool = isInstalled('promtool', ['--version'])
  ? describe
  : describe.skip;

const commands = snippetsOf(readDocument('docs/operations.md'), 'shell')
  .flatMap(snippet => snippet.trim().split('\n'))
  .filter(command => command.startsWith('promtool'));

describe('the alerts', () => {
  it('have commands on the page that check and test them', () => {
    expect(commands).toEqual([
      'promtool check rules alerts.yaml',
      'promtool test rules alerts.test.yaml',
    ]);
  });

  describeWithPromtool('by Prometheus', () => {
    it.each(commands)('pass `%s`', command => {
      const { status, stdout, stderr } = spawnSync(command, {
        cwd: GRAFANA,
        encoding: 'utf8',
        shell: true,
      });
      expect({ status, output: stdout + stderr }).toEqual({
        status: 0,
        output: expect.stringContaining('SUCCESS'),
      });
    });
  });

  it.each(alertRules().map(({ alert }) => alert))(
    '%s has a test in which it fires, and one in which it stays quiet',
    name => {
      const checked = tests
        .flatMap(test => test.alert_rule_test)
        .filter(({ alertname }) => alertname === name)
        .map(({ exp_alerts: expected }) => expected.length > 0);
      expect(new Set(checked)).toEqual(new Set([true, false]));
    },
  );
});
