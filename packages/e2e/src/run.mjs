/*
 * Builds the portal and runs the browser tests on it, and those of several replicas.
 *
 *   node src/run.mjs [any argument of `playwright test`]
 *
 * API_KEYS_E2E_KEEP_BUILD=1 takes the portal as it was built last.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONNECTION_STRING_VARIABLE } from '../../../scripts/postgres.mjs';
import { runNode, say, warn } from '../../../scripts/processes.mjs';
import { buildPortal } from './buildPortal.mjs';
import { findChromium } from './chromium.mjs';
import { packageDir } from './paths.mjs';

// What scripts/test-all.mjs tells from a failure: this machine lacks something.
const EXIT_UNAVAILABLE = 69;

/** What this machine lacks for the tests, in a sentence, or nothing. */
async function whatIsMissing() {
  if (spawnSync('curl', ['--version']).error) {
    return 'there is no `curl` on the PATH. Install it';
  }
  try {
    const { executablePath } = await findChromium();
    console.log(executablePath);
    return undefined;
  } catch (error) {
    return `${error.message}. Set CHROMIUM_PATH to a Chromium or Chrome`;
  }
}

say('Looking for a browser');
const missing = await whatIsMissing();
if (missing) {
  warn(`Nothing is tested in the browser: ${missing} and run it again.`);
  process.exit(EXIT_UNAVAILABLE);
}

if (!process.env.API_KEYS_E2E_KEEP_BUILD) {
  say('Building the portal');
  await buildPortal();
}

// Portals and browsers leave nothing behind, however the tests end.
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
