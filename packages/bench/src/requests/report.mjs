import { machine } from '../machine.mjs';
import { profilesOf } from '../profile.mjs';
import { median, ratioOf } from '../statistics.mjs';
import { count, figure, held, ratio, table } from '../table.mjs';

/** Targets for a request with a hot key, as a ratio to the same request with a user token. */
const PROMISES = [
  {
    name: 'whoami',
    cpu: { atMost: 0.6 },
    rate: { atLeast: 1.4 },
    p99: { atMost: 1 },
  },
  { name: 'authorized', cpu: { atMost: 0.7 } },
];

/** Renders the measurements as Markdown. */
export function report({ version, rounds, seconds, ...measured }) {
  return [
    `${rounds} rounds of ${seconds} s each, PostgreSQL ${version}, ${machine()} for all of them together.`,
    ratiosOf(measured.result),
    measuredOf(measured.result),
    statementsOf(measured.statements),
    ...profilesOf(measured.profiles),
  ].join('\n\n');
}

function ratiosOf(result) {
  const rows = result.flatMap(({ connections, cases }) => {
    const seriesOf = valuesByName(cases);
    return PROMISES.map(({ name, ...promises }) => {
      const toUserToken = what =>
        ratioOf(
          seriesOf(`${name}, key`, what),
          seriesOf(`${name}, user token`, what),
        );
      const cell = what =>
        promises[what]
          ? held(toUserToken(what), promises[what])
          : ratio(toUserToken(what));
      return [
        connections,
        name,
        cell('cpu'),
        ratio(aboveTheFloor(seriesOf, name)),
        cell('rate'),
        cell('p99'),
      ];
    });
  });
  return table(
    [
      ['Connections'],
      ['Hot key to user token', '---'],
      ['CPU', '---'],
      ['CPU above public'],
      ['Throughput', '---'],
      ['p99', '---'],
    ],
    rows,
  );
}

/** Ratios after the cost of an unauthenticated request is subtracted. */
function aboveTheFloor(seriesOf, name) {
  const floor = seriesOf('public', 'cpu');
  const above = credential =>
    seriesOf(`${name}, ${credential}`, 'cpu').map((cpu, i) => cpu - floor[i]);
  return ratioOf(above('key'), above('user token'));
}

/** Returns a function that reads a quantity of a case, round by round. */
function valuesByName(cases) {
  const byName = new Map(cases.map(each => [each.name, each.rounds]));
  return (name, what) => byName.get(name).map(round => round[what]);
}

function measuredOf(result) {
  const rows = result.flatMap(({ connections, cases }) =>
    cases.map(({ name, rounds }) => {
      const of = what => median(rounds.map(round => round[what]));
      const measuredFor = sum(rounds, 'seconds');
      return [
        connections,
        name,
        count(of('rate')),
        figure(of('p50')),
        figure(of('p99')),
        count(of('cpu')),
        figure(sum(rounds, 'keyStatements') / measuredFor),
        figure(sum(rounds, 'allStatements') / measuredFor),
      ];
    }),
  );
  return table(
    [
      ['Connections'],
      ['Request', '---'],
      ['requests/s'],
      ['p50, ms'],
      ['p99, ms'],
      ['CPU, µs'],
      ['statements/s about keys'],
      ['all statements/s'],
    ],
    rows,
  );
}

function sum(rounds, what) {
  return rounds.reduce((total, round) => total + round[what], 0);
}

function statementsOf({ seconds, connections, idle, busy }) {
  const idleCounts = new Map(idle.statements);
  const busyCounts = new Map(busy.statements);
  const texts = [...new Set([...idleCounts.keys(), ...busyCounts.keys()])];
  const rows = texts.map(text => [
    `\`${text.replace(/\|/g, '\\|')}\``,
    idleCounts.get(text) ?? 0,
    busyCounts.get(text) ?? 0,
  ]);
  return [
    `Statements to the database of keys in ${seconds} s without a request, and in ${seconds} s with ${count(
      busy.requests,
    )} ` + `requests (whoami, hot key, ${connections} connections):`,
    table([['Statement', '---'], ['without'], ['with']], rows),
  ].join('\n\n');
}
