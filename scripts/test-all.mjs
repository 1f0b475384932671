/*
 * Every test there is: all packages on SQLite and PostgreSQL, the built portal in a browser, and the
 * packed plugins in portals that are not ours.
 * The last line of the output counts them all.
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

// What scripts of packages/e2e end with where this machine lacks what it needs.
const EXIT_UNAVAILABLE = 69;

const NEWER_BACKSTAGE_TIMEOUT_MS = 900_000;

const reports = mkdtempSync(join(tmpdir(), 'api-keys-test-reports-'));
process.on('exit', () => rmSync(reports, { recursive: true, force: true }));

/** On a developer's machine something may be missing, if it is said; in CI it may not. */
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
    ? missingPart(suite, 'what is missing is said above')
    : playwrightResult(suite, file, exitCode);
}

/** Whether all is well in a Backstage that was released since the last recording. It fails nothing: it did not come with the change. */
async function tryNewerBackstage(env) {
  const file = join(reports, 'newer-backstage.txt');
  const exitCode = await runNode(['packages/e2e/src/strangersOfTheDay.mjs'], {
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
  await timed(() => testInBrowser('New portals', 'strangers.mjs', env)),
];
if (inCi) results.push(...(await tryNewerBackstage(env)));
stop();
if (missing) results.push(missingPart('PostgreSQL', missing));

process.exitCode = printSummary(results) ? 0 : 1;
