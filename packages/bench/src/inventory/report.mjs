import { machine } from '../machine.mjs';
import { percentile } from '../statistics.mjs';
import { count } from '../table.mjs';

const milliseconds = number => number.toFixed(number < 10 ? 1 : 0);
const megabytes = bytes => `${(bytes / 1e6).toFixed()} MB`;

/** Renders the measurements as Markdown. */
export function report({ keys, owners, cases, exported, plans, version }) {
  return [
    '### Measured',
    `${count(keys)} keys of ${count(owners)} owners, PostgreSQL ${version}, ` +
      `${machine()} for all of them together.`,
    tableOf(cases),
    exportOf(exported),
    '### Plans',
    ...[...plans].flatMap(([name, found]) => [
      `#### ${name}`,
      ...found.map(plan => `\`\`\`text\n${plan.trim()}\n\`\`\``),
    ]),
  ].join('\n\n');
}

function tableOf(cases) {
  const baseline = percentile(cases[0].times, 50);
  const rows = cases.map(({ name, times, target }) => {
    const [p50, p95] = [50, 95].map(percent => percentile(times, percent));
    const cells = [name, milliseconds(p50), milliseconds(p95)].concat(
      milliseconds(times.at(-1)),
      `${(p50 / baseline).toFixed(1)}×`,
      target ? `${p95 < target ? '✔' : '✖'} ${target}` : '',
    );
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| Request | p50, ms | p95, ms | max, ms | p50 to baseline | p95 below, ms |',
    '| --- | --: | --: | --: | --: | --- |',
    ...rows,
  ].join('\n');
}

function exportOf({ rows, bytes, seconds, rssBefore, rssMax }) {
  return (
    `The CSV: ${count(rows)} rows, ${megabytes(
      bytes,
    )}, ${seconds.toFixed()} s ` +
    `(${count(rows / seconds)} rows/s). Memory of the backend: ` +
    `${megabytes(rssBefore)} before, ${megabytes(
      rssMax,
    )} at most while it streams.`
  );
}
