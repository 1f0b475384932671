/* What the stories have shown, kept in results.json: the table of supported releases in the documents is made of it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeTable } from '../../../../scripts/docs/compatibility.mjs';
import { packageDir } from '../paths.mjs';
import { installedVersion } from './ranges.mjs';
import { TEMPLATES } from './templates.mjs';

const FILE = join(packageDir, 'src/stranger/results.json');
/** Of which the table names the versions. */
const MAIN_PACKAGES = [
  '@backstage/backend-defaults',
  '@backstage/backend-plugin-api',
  '@backstage/core-plugin-api',
  '@backstage/frontend-plugin-api',
  '@backstage/plugin-auth-backend',
  '@backstage/plugin-catalog-backend',
];

/** The stories of an app that went well, by how it was started, as Playwright reports them. */
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
 * Writes what was seen of these templates; what is known of others stays.
 *
 * @param {{templates: import('./templates.mjs').Template[], apps: string, report: string}} run the folder with the apps, and the file
 *   with Playwright's report
 */
export async function recordResults({ templates, apps, report }) {
  const known = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {};
  const told = JSON.parse(readFileSync(report, 'utf8'));
  for (const { name, release, frontend, packageManager } of templates) {
    known[name] = {
      backstage: release.release,
      frontend,
      packageManager,
      date: new Date().toISOString().slice(0, 10),
      versions: versionsIn(join(apps, name)),
      runs: storiesOf(told, name),
    };
  }
  const inOrder = TEMPLATES.map(({ name }) => [name, known[name]]);
  const results = Object.fromEntries(inOrder.filter(([, each]) => each));
  writeFileSync(FILE, `${JSON.stringify(results, null, 2)}\n`);
  writeTable();
}
