/* What the test runners report, in one form, and the sum of it as the last line of a run. */
import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {object} Result
 * @property {string} suite
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} notes what a reader of the last lines must know: what did not run, and why
 */

/** @returns {Result} */
function result(suite, known) {
  return { suite, passed: 0, failed: 0, skipped: 0, notes: [], ...known };
}

/** Something that should have run and could not: as bad as a failed test. */
export function failure(suite, note) {
  return result(suite, { failed: 1, notes: [note] });
}

/** Something that cannot run on this machine. Only for developers' machines, never for CI. */
export function skipped(suite, note) {
  return result(suite, { notes: [`SKIPPED: ${note}`] });
}

/** Something that is worth knowing, and neither passed nor failed. */
export function remark(suite, note) {
  return result(suite, { notes: [note] });
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** A runner that fails has a reason, even where it counts no failed test. */
function withExitCode(counted, exitCode) {
  if (exitCode === 0 || counted.failed > 0) return counted;
  const notes = [...counted.notes, `ended with exit code ${exitCode}`];
  return { ...counted, failed: 1, notes };
}

/** Reads what jest writes with --json --outputFile. */
export function jestResult(suite, file, exitCode) {
  const report = readReport(file);
  if (!report) return failure(suite, 'jest ended without a report');
  const counted = result(suite, {
    passed: report.numPassedTests,
    // Files that could not even be loaded contain no counted test.
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  });
  if (report.numTotalTests === 0) return failure(suite, 'no test was found');
  return withExitCode(counted, exitCode);
}

/** Reads what Playwright's json reporter writes. */
export function playwrightResult(suite, file, exitCode) {
  const report = readReport(file);
  if (!report) return failure(suite, 'Playwright ended without a report');
  const { expected, flaky, unexpected, skipped: left } = report.stats;
  // Errors outside of tests: a portal that did not start, say.
  const failed = unexpected || (report.errors.length > 0 ? 1 : 0);
  const counted = result(suite, {
    passed: expected + flaky,
    failed,
    skipped: left,
  });
  return withExitCode(counted, exitCode);
}

function counts({ passed, failed, skipped: left }) {
  const base = `${passed} passed, ${failed} failed`;
  return left > 0 ? `${base}, ${left} skipped` : base;
}

function symbol({ passed, failed }) {
  if (failed > 0) return '✖';
  return passed > 0 ? '✔' : '–';
}

/**
 * Prints each suite, then the sum alone on the last line; says whether all is well.
 *
 * @param {Result[]} results
 */
export function printSummary(results) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  console.log();
  for (const each of results) {
    for (const key of Object.keys(sum)) sum[key] += each[key];
    console.log(`${symbol(each)} ${each.suite}: ${counts(each)}`);
    for (const note of each.notes) console.log(`  ⚠ ${note}`);
  }
  console.log(counts(sum));
  return sum.failed === 0;
}
