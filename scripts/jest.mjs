/* Runs jest over all packages, the way `backstage-cli repo test` sets it up. */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root, runNode } from './processes.mjs';

const MOST_WORKERS = 8;

// The count that respects limits of containers; jest's own does not.
const workers = Math.min(Math.max(availableParallelism(), 2), MOST_WORKERS);

function backstageCli() {
  const { resolve } = createRequire(join(root, 'package.json'));
  return join(resolve('@backstage/cli/package.json'), '../bin/backstage-cli');
}

const isGiven = (args, ...names) =>
  args.some(arg => names.includes(arg.split('=')[0]));

/** @returns {Promise<number>} the exit code */
export function runJest(args, env) {
  const defaults = [];
  if (!isGiven(args, '--watch', '--watchAll')) defaults.push('--watch=false');
  if (!isGiven(args, '--maxWorkers', '-w', '--runInBand', '-i')) {
    defaults.push(`--maxWorkers=${workers}`);
  }
  return runNode([backstageCli(), 'repo', 'test', ...defaults, ...args], {
    env,
  });
}
