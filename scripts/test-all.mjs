/*
 * Runs every test: all packages on SQLite and PostgreSQL, the built portal in a browser, and the packed plugins in
 * fresh apps. The last line of the output is the sum of all.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runJest } from './jest.mjs';
import { inCi, runNode, say, seconds } from './processes.mjs';
import { startTestDatabases } from './test-databases.mjs';
import {
  failure,
  jestResult,
  playwrightResult,
  printSummary,
  remark,
  skipped,
} from './test-results.mjs';

// Exit code of packages/e2e's scripts when this machine lacks a prerequisite.
const EXIT_UNAVAILABLE = 69;

const NEWER_BACKSTAGE_TIMEOUT_MS = 900_000;

const reports = mkdtempSync(join(tmpdir(), 'api-keys-test-reports-'));
process.on('exit', () => rmSync(reports, { recursive: true, force: true }));

/** Missing prerequisites are reported on a developer's machine, and fail the run in CI. */
const missingPart = inCi ? failure : skipped;

async function timed(test) {
  const start = Date.now();
  const result = await test();
  return { ...result, suite: `${result.suite} (${seconds(start)})` };
}

async function testPackages(env) {
  say('Testing all packages');
  const file = join(reports, 'jest.json');
  const args = ['--ci', '--json', `--outputFile=${file}`];
  return jestResult('Packages', file, await runJest(args, env));
}

async function testInBrowser(suite, script, env) {
  const file = join(reports, `${suite}.json`);
  const exitCode = await runNode([`packages/e2e/src/${script}`], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  });
  return exitCode === EXIT_UNAVAILABLE
    ? missingPart(suite, 'see above for what is missing')
    : playwrightResult(suite, file, exitCode);
}

/**
 * Tests against a Backstage release newer than the last recorded one. Failures are only reported: the change did not
 * cause them.
 */
async function testNewerBackstage(env) {
  const file = join(reports, 'newer-backstage.txt');
  const exitCode = await runNode(['packages/e2e/src/testNewerRelease.mjs'], {
    env: { ...env, API_KEYS_OUTCOME_FILE: file },
    timeout: NEWER_BACKSTAGE_TIMEOUT_MS,
  });
  const outcome = existsSync(file) && readFileSync(file, 'utf8');
  if (!outcome && exitCode === 0) return [];
  const note = outcome || `could not be tried (exit code ${exitCode})`;
  return [remark('Newer Backstage', note)];
}

const { env, stop, missing } = await startTestDatabases();
const results = [
  await timed(() => testPackages(env)),
  await timed(() => testInBrowser('Browser', 'run.mjs', env)),
  await timed(() => testInBrowser('Fresh apps', 'testFreshApps.mjs', env)),
];
if (inCi) results.push(...(await testNewerBackstage(env)));
stop();
if (missing) results.push(missingPart('PostgreSQL', missing));

process.exitCode = printSummary(results) ? 0 : 1;
