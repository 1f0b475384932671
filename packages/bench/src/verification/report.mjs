import { machine } from '../machine.mjs';
import { profilesOf } from '../profile.mjs';
import { median, ratioOf } from '../statistics.mjs';
import { count, figure, held, ratio, table } from '../table.mjs';
import { HOT_KEYS } from './rounds.mjs';

/** Targets, as a ratio to Better Auth. */
const PROMISES = { hot: { atLeast: 50 }, cold: { atLeast: 5 } };
const FLUSH_WITHIN_S = 2;

/** Renders the measurements as Markdown. */
export function report({ version, keys, rounds, seconds, engines, flushes }) {
  return [
    `${count(
      keys,
    )} keys, ${rounds} rounds of ${seconds} s each, PostgreSQL ${version}, ${machine()} for all of them together.`,
    ratesOf(engines),
    ...engines.map(usageOf),
    '#### Statements of a verification',
    statementsOf(engines),
    ...(flushes.length > 0
      ? ['#### Uses of all keys, written in one go', flushesOf(flushes)]
      : []),
    ...profilesOf(engines.flatMap(({ profiles }) => profiles)),
  ].join('\n\n');
}

function ratesOf(engines) {
  const rows = engines.flatMap(({ engine, results }) =>
    results.flatMap(({ concurrency, cases }) => {
      const ratesOfCase = name => cases.find(each => each.name === name).rates;
      return Object.entries(PROMISES).map(([kind, promise]) => {
        const ours = ratesOfCase(`API keys, ${kind}`);
        const theirs = ratesOfCase(`Better Auth, ${kind}`);
        return [
          engine,
          kind,
          concurrency,
          count(median(ours)),
          count(median(theirs)),
          held(ratioOf(ours, theirs), promise),
        ];
      });
    }),
  );
  return table(
    [
      ['Database', '---'],
      ['Key', '---'],
      ['at a time'],
      ['API keys/s'],
      ['Better Auth/s'],
      ['times as fast', '---'],
    ],
    rows,
  );
}

function usageOf({ engine, usage }) {
  const { minutes, uses, rows } = usage;
  return (
    `${engine}: the ${count(HOT_KEYS)} hot keys were used ${count(
      uses,
    )} times in ${minutes.toFixed(1)} minutes, ` +
    `which was written in ${count(rows)} rows: ${ratio(
      rows / HOT_KEYS / minutes,
    )} for each key and minute.`
  );
}

function statementsOf(engines) {
  const rows = engines.flatMap(({ engine, statements }) =>
    statements.flatMap(({ name, statements: made }) => {
      const often = made.filter(([, each]) => each > 0.01);
      if (often.length === 0) return [[engine, name, '0', '']];
      return often.map(([text, each]) => [
        engine,
        name,
        ratio(each),
        `\`${text.replace(/\|/g, '\\|')}\``,
      ]);
    }),
  );
  return table(
    [['Database', '---'], ['', '---'], ['times'], ['Statement', '---']],
    rows,
  );
}

function flushesOf(flushes) {
  const rows = flushes.flatMap(({ keysInTable, keysUsed, rounds }) =>
    rounds.map(({ seconds, before, during }) => [
      count(keysInTable),
      count(keysUsed),
      held(seconds, { atMost: FLUSH_WITHIN_S }),
      ...[before, during].flatMap(each => [
        figure(each.p50),
        figure(each.p99),
        figure(each.pause),
      ]),
    ]),
  );
  return table(
    [
      ['Keys'],
      ['of which used'],
      ['seconds', '---'],
      ['Verification before: p50, ms'],
      ['p99, ms'],
      ['longest pause of the process, ms'],
      ['Meanwhile: p50, ms'],
      ['p99, ms'],
      ['longest pause, ms'],
    ],
    rows,
  );
}
