import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { percentile } from './measure.mjs';

const DOCUMENT = fileURLToPath(
  new URL('../../../docs/performance.md', import.meta.url),
);
/** What follows in the document is the report. */
const MARKER = '<!-- Written by `yarn bench --write` -->';

const count = number => number.toLocaleString('en-US').replace(/,/g, ' ');
const milliseconds = number => number.toFixed(number < 10 ? 1 : 0);
const megabytes = bytes => `${(bytes / 1e6).toFixed()} MB`;

/** What has been measured, as Markdown. */
export function report({ keys, owners, cases, exported, plans, version }) {
  const [{ model }] = cpus();
  const processor = `${cpus().length} cores of ${model.trim()}`;
  return [
    '## Measured',
    `${count(keys)} keys of ${count(owners)} owners, PostgreSQL ${version}, ` +
      `Node ${process.version}, ${processor} for all of them together.`,
    tableOf(cases),
    exportOf(exported),
    '## Plans',
    ...[...plans].flatMap(([name, found]) => [
      `### ${name}`,
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
    `(${count(Math.round(rows / seconds))} rows/s). Memory of the backend: ` +
    `${megabytes(rssBefore)} before, ${megabytes(
      rssMax,
    )} at most while it streams.`
  );
}

/** Puts a report into the place of the last one. */
export async function writeReport(text) {
  const document = await readFile(DOCUMENT, 'utf8');
  const [introduction] = document.split(MARKER);
  const whole = `${introduction}${MARKER}\n\n${text}\n`;
  const style = await prettier.resolveConfig(DOCUMENT);
  await writeFile(
    DOCUMENT,
    prettier.format(whole, { ...style, filepath: DOCUMENT }),
  );
}
