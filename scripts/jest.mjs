/* Runs jest over all packages with the configuration of `backstage-cli repo test`. */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root, runNode, warn } from './processes.mjs';

const MOST_WORKERS = 8;

// Respects the CPU limits of containers, which jest's own count does not.
const workers = Math.min(Math.max(availableParallelism(), 2), MOST_WORKERS);

function backstageCli() {
  const { resolve } = createRequire(join(root, 'package.json'));
  return join(resolve('@backstage/cli/package.json'), '../bin/backstage-cli');
}

const isGiven = (args, ...names) =>
  args.some(arg => names.includes(arg.split('=')[0]));

/** @returns {Promise<number>} the exit code */
export async function runJest(args, env) {
  const defaults = [];
  if (!isGiven(args, '--watch', '--watchAll')) defaults.push('--watch=false');
  if (!isGiven(args, '--maxWorkers', '-w', '--runInBand', '-i')) {
    defaults.push(`--maxWorkers=${workers}`);
  }
  const exitCode = await runNode(
    [backstageCli(), 'repo', 'test', ...defaults, ...args],
    { env },
  );
  if (exitCode !== 0) {
    warn(
      'To repeat a failed test: yarn test:unit <file>, with FAST_CHECK_SEED=<seed> if it printed a seed. To repeat a flaky test: yarn test:repeat 50 --busy <file>',
    );
  }
  return exitCode;
}
