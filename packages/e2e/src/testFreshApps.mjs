/*
 * Installs the packed plugins into fresh apps, builds and starts these for production, and tests API keys in them.
 *
 *   yarn test:fresh-apps [names of templates] [--record] [any argument of `playwright test`]
 *
 * --record writes the results to freshApps/results.json, and the generated table to the documents.
 * API_KEYS_FRESH_APPS=<folder> keeps the apps in that folder, and reuses those that it finds there.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seconds } from '../../../scripts/processes.mjs';
import { endWithoutBrowser } from './prerequisites.mjs';
import { recordResults } from './freshApps/results.mjs';
import { TEMPLATES } from './freshApps/templates.mjs';
import { testTemplates } from './freshApps/testTemplates.mjs';

const RECORD = '--record';

const args = process.argv.slice(2);
if (args.includes(RECORD) && process.env.API_KEYS_FRESH_APPS) {
  throw new Error(
    `${RECORD} records results from new apps: run it without API_KEYS_FRESH_APPS`,
  );
}
await endWithoutBrowser();

const start = Date.now();
const named = TEMPLATES.filter(({ name }) => args.includes(name));
const templates =
  named.length > 0 ? named : TEMPLATES.filter(({ onRequest }) => !onRequest);
const others = args.filter(
  arg => arg !== RECORD && !named.some(({ name }) => name === arg),
);
const reports = mkdtempSync(join(tmpdir(), 'api-keys-reports-'));
process.on('exit', () => rmSync(reports, { recursive: true, force: true }));
const report =
  process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? join(reports, 'report.json');

const { apps, failures } = await testTemplates(templates, {
  args: others,
  report,
});
for (const { message } of failures) console.error(`✖ ${message}`);
if (failures.length === 0 && args.includes(RECORD)) {
  await recordResults({ templates, apps, report });
}
process.exitCode = failures.length === 0 ? 0 : 1;
console.log(`From the packages to used keys: ${seconds(start)}`);
