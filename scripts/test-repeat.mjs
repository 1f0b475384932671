/*
 * Repeats tests with a new seed each time until one fails, to find rare failures of property and race tests.
 *
 *   yarn test:repeat <times> [--busy] [files]
 *
 * Without files, it runs those whose names mark them as property or race tests. `--busy` keeps every core busy during
 * the run.
 */
import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { spawn } from 'node:child_process';
import { runJest } from './jest.mjs';
import { say } from './processes.mjs';
import { startTestDatabases } from './test-databases.mjs';

const BY_CHANCE = '(property|[Rr]aces?)\\.test\\.ts$';

const [times, ...rest] = process.argv.slice(2);
const files = rest.filter(arg => arg !== '--busy');
if (!(Number(times) > 0)) {
  throw new Error('How often? yarn test:repeat <times> [--busy] [files]');
}

const { env, stop } = await startTestDatabases();
const load = rest.includes('--busy')
  ? Array.from({ length: availableParallelism() }, () =>
      spawn(process.execPath, ['--eval', 'for (;;) {}']),
    )
  : [];

let exitCode = 0;
for (let i = 1; i <= Number(times) && exitCode === 0; i++) {
  const seed = String(randomInt(2 ** 31));
  say(`${i} of ${times}: FAST_CHECK_SEED=${seed}`);
  exitCode = await runJest(files.length > 0 ? files : [BY_CHANCE], {
    ...env,
    FAST_CHECK_SEED: seed,
  });
}
for (const busy of load) busy.kill();
stop();
process.exitCode = exitCode;
