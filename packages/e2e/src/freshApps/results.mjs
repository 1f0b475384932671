/*
 * Results of the fresh-app tests, kept in results.json, from which the table of supported releases in the documents
 * is generated.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeTable } from '../../../../scripts/docs/compatibility.mjs';
import { packageDir } from '../paths.mjs';
import { installedVersion } from './ranges.mjs';
import { TEMPLATES } from './templates.mjs';

const FILE = join(packageDir, 'src/freshApps/results.json');
/** Packages whose versions the table lists. */
const MAIN_PACKAGES = [
  '@backstage/backend-defaults',
  '@backstage/backend-plugin-api',
  '@backstage/core-plugin-api',
  '@backstage/frontend-plugin-api',
  '@backstage/plugin-auth-backend',
  '@backstage/plugin-catalog-backend',
];

/** Lists the passed tests of an app by start mode, from Playwright's report. */
function storiesOf(report, name) {
  const [{ suites }] = report.suites;
  return suites
    .filter(({ title }) => title.startsWith(`${name}, `))
    .map(({ title, specs }) => ({
      started: title.slice(name.length + 2),
      stories: specs.filter(({ ok }) => ok).map(spec => spec.title),
    }));
}

function versionsIn(folder) {
  return Object.fromEntries(
    MAIN_PACKAGES.map(name => [name, installedVersion(folder, name)]),
  );
}

/**
 * Writes the results of these templates and keeps those of all others.
 *
 * @param {{templates: import('./templates.mjs').Template[], apps: string, report: string}} run the folder with the
 *   apps, and the file
 *   with Playwright's report
 */
export async function recordResults({ templates, apps, report }) {
  const known = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {};
  const playwright = JSON.parse(readFileSync(report, 'utf8'));
  for (const { name, release, frontend, packageManager } of templates) {
    known[name] = {
      backstage: release.release,
      frontend,
      packageManager,
      date: new Date().toISOString().slice(0, 10),
      versions: versionsIn(join(apps, name)),
      runs: storiesOf(playwright, name),
    };
  }
  const inOrder = TEMPLATES.map(({ name }) => [name, known[name]]);
  const results = Object.fromEntries(inOrder.filter(([, each]) => each));
  writeFileSync(FILE, `${JSON.stringify(results, null, 2)}\n`);
  writeTable();
}
