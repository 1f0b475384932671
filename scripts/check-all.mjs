/*
 * Runs every check that a change must pass, cheapest first, and stops at the first step that fails. The tests come
 * last, so that their totals are the last line of the output.
 */
import { run, say, seconds } from './processes.mjs';

const STEPS = [
  { what: 'Types', script: 'tsc:full' },
  { what: 'Lint', script: 'lint' },
  { what: 'Formatting', script: 'prettier:check' },
  { what: 'Words and sentences', script: 'prose:check' },
  { what: 'Documents', script: 'docs:check' },
  { what: 'Description of the HTTP API', script: 'openapi:check' },
  // Reads the declarations that `yarn tsc:full` left in dist-types.
  {
    what: 'Reports of the public API and the tables',
    script: 'api-reports:check',
  },
  { what: 'Build of all packages', script: 'build:all' },
  { what: 'What would be published', script: 'pack:check' },
  { what: 'Tests', script: 'test:all' },
];

async function runStep({ what, script }) {
  say(`${what} (yarn ${script})`);
  const start = Date.now();
  const exitCode = await run('yarn', [script], {
    shell: process.platform === 'win32',
  });
  // The test run prints its own duration and totals.
  if (script === 'test:all') return exitCode;

  const outcome = exitCode === 0 ? '✔' : '✖';
  console.log(`${outcome} ${what}: ${seconds(start)}`);
  return exitCode;
}

for (const step of STEPS) {
  process.exitCode = await runStep(step);
  if (process.exitCode !== 0) break;
}
