/* Collects the reports of the test runners in one form, and prints their sum as the last line of a run. */
import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {object} Result
 * @property {string} suite
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} notes shown below the sum: tests that did not run, and why
 */

/** @returns {Result} */
function result(suite, known) {
  return { suite, passed: 0, failed: 0, skipped: 0, notes: [], ...known };
}

/** Result of a suite that could not run where it must: counts as a failed test. */
export function failure(suite, note) {
  return result(suite, { failed: 1, notes: [note] });
}

/** Result of a suite that cannot run on this machine. For developers' machines only, never for CI. */
export function skipped(suite, note) {
  return result(suite, { notes: [`SKIPPED: ${note}`] });
}

/** Result for information only: neither passed nor failed. */
export function remark(suite, note) {
  return result(suite, { notes: [note] });
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** A runner that exits with an error fails, even if it counts no failed test. */
function withExitCode(counted, exitCode) {
  if (exitCode === 0 || counted.failed > 0) return counted;
  const notes = [...counted.notes, `ended with exit code ${exitCode}`];
  return { ...counted, failed: 1, notes };
}

/** Reads jest's report (--json --outputFile). */
export function jestResult(suite, file, exitCode) {
  const report = readReport(file);
  if (!report) return failure(suite, 'jest ended without a report');
  const counted = result(suite, {
    passed: report.numPassedTests,
    // Files that failed to load contain no counted tests.
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  });
  if (report.numTotalTests === 0) return failure(suite, 'no test was found');
  return withExitCode(counted, exitCode);
}

/** Reads the report of Playwright's json reporter. */
export function playwrightResult(suite, file, exitCode) {
  const report = readReport(file);
  if (!report) return failure(suite, 'Playwright ended without a report');
  const { expected, flaky, unexpected, skipped: left } = report.stats;
  // Errors outside of tests, such as a portal that did not start.
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
 * Prints each suite, then the sum alone on the last line; returns whether everything passed.
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
