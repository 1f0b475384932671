/*
 * Generates the table of tested Backstage releases from the results of the fresh-app tests (`yarn test:fresh-apps
 * --record`).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import { root } from '../processes.mjs';

const RESULTS = join(root, 'packages/e2e/src/freshApps/results.json');
const BLOCK =
  /(<!-- tested releases: start -->\n\n)(.*?)(\n\n<!-- tested releases: end -->)/s;
const PACKAGE_MANAGERS = { yarn: 'Yarn', npm: 'npm workspaces' };

const versionOf =
  name =>
  ({ versions }) =>
    versions[name];

const SHORT = {
  Backstage: ({ backstage }) => backstage,
  'frontend system': ({ frontend }) => (frontend === 'legacy' ? 'old' : 'new'),
  'installed with': ({ packageManager }) => PACKAGE_MANAGERS[packageManager],
  'tried on': ({ date }) => date,
};
const WHOLE = {
  ...SHORT,
  'backend-defaults': versionOf('@backstage/backend-defaults'),
  'frontend-plugin-api': versionOf('@backstage/frontend-plugin-api'),
  tried: ({ runs }) =>
    runs
      .map(({ started, stories }) => `${started}: ${stories.join(', ')}`)
      .join('; '),
};

/** Columns of the table in each document, by heading. */
const DOCUMENTS = { 'README.md': SHORT, 'docs/getting-started.md': WHOLE };

/** Formats a table as Prettier does. */
function tableOf(rows) {
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  const line = row =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const rule = `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`;
  const [head, ...body] = rows.map(line);
  return [head, rule, ...body].join('\n');
}

/** Newest release first; within a release, the most common setup first. */
function inOrder(one, other) {
  const later = semver.rcompare(one.backstage, other.backstage);
  const key = ({ frontend, packageManager }) =>
    `${frontend !== 'new'} ${packageManager !== 'yarn'}`;
  return later || key(one).localeCompare(key(other));
}

function renderTable(columns) {
  const known = JSON.parse(readFileSync(RESULTS, 'utf8'));
  const results = Object.values(known).sort(inOrder);
  const rows = results.map(each =>
    Object.values(columns).map(cell => cell(each)),
  );
  return tableOf([Object.keys(columns), ...rows]);
}

/** Writes the table into the documents. */
export function writeTable() {
  for (const [name, columns] of Object.entries(DOCUMENTS)) {
    const file = join(root, name);
    const table = renderTable(columns);
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      text.replace(BLOCK, (_, start, __, end) => start + table + end),
    );
  }
}

/** @returns {string[]} documents whose table differs from the results */
export function faultsOfCompatibility() {
  return Object.entries(DOCUMENTS)
    .filter(([name, columns]) => {
      const text = readFileSync(join(root, name), 'utf8');
      return text.match(BLOCK)?.[2] !== renderTable(columns);
    })
    .map(
      ([name]) =>
        `${name}: the table of tested releases is not what packages/e2e/src/freshApps/results.json says; ` +
        '`yarn test:fresh-apps --record` writes it',
    );
}
