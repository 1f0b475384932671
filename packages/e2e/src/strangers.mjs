/*
 * Installs the packed plugins into fresh apps, builds and starts these for production, and tests API keys in them.
 *
 *   yarn test:stranger [names of templates] [--record] [any argument of `playwright test`]
 *
 * --record writes the results to stranger/results.json, and the generated table to the documents.
 * API_KEYS_STRANGERS=<folder> keeps the apps in that folder, and reuses those that it finds there.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seconds } from '../../../scripts/processes.mjs';
import { endWithoutBrowser } from './prerequisites.mjs';
import { recordResults } from './stranger/results.mjs';
import { TEMPLATES } from './stranger/templates.mjs';
import { tryTemplates } from './stranger/tryTemplates.mjs';

const RECORD = '--record';

const args = process.argv.slice(2);
if (args.includes(RECORD) && process.env.API_KEYS_STRANGERS) {
  throw new Error(
    `${RECORD} records results from new apps: run it without API_KEYS_STRANGERS`,
  );
}
await endWithoutBrowser();

const start = Date.now();
const asked = TEMPLATES.filter(({ name }) => args.includes(name));
const templates =
  asked.length > 0 ? asked : TEMPLATES.filter(({ onRequest }) => !onRequest);
const others = args.filter(
  arg => arg !== RECORD && !asked.some(({ name }) => name === arg),
);
const reports = mkdtempSync(join(tmpdir(), 'api-keys-reports-'));
process.on('exit', () => rmSync(reports, { recursive: true, force: true }));
const report =
  process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? join(reports, 'report.json');

const { apps, failures } = await tryTemplates(templates, {
  args: others,
  report,
});
for (const { message } of failures) console.error(`✖ ${message}`);
if (failures.length === 0 && args.includes(RECORD)) {
  await recordResults({ templates, apps, report });
}
process.exitCode = failures.length === 0 ? 0 : 1;
console.log(`From the packages to used keys: ${seconds(start)}`);
