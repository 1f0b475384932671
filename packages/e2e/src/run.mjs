/*
 * Builds the portal and runs the browser tests and the tests with several replicas.
 *
 *   yarn test:e2e [files] [any other argument of `playwright test`]
 *
 * With API_KEYS_E2E_KEEP_BUILD=1, the portal of the last build is used.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONNECTION_STRING_VARIABLE } from '../../../scripts/postgres.mjs';
import { runNode, say, warn } from '../../../scripts/processes.mjs';
import { buildPortal } from './buildPortal.mjs';
import { packageDir } from './paths.mjs';
import { endWithoutBrowser } from './prerequisites.mjs';

await endWithoutBrowser();

if (!process.env.API_KEYS_E2E_KEEP_BUILD) {
  say('Building the portal');
  await buildPortal();
}

// Portals and browsers clean up, however the tests end.
const temporary = mkdtempSync(join(tmpdir(), 'api-keys-e2e-'));
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));

if (!process.env[CONNECTION_STRING_VARIABLE]) {
  warn('Several replicas are not tested: they need PostgreSQL.');
}
say('Testing the portal in the browser');
const { resolve } = createRequire(import.meta.url);
const playwright = resolve('@playwright/test/cli');
process.exitCode = await runNode(
  [playwright, 'test', ...process.argv.slice(2)],
  { cwd: packageDir, env: { ...process.env, TMPDIR: temporary } },
);
