/*
 * The browser tests alone.
 *
 *   yarn test:e2e [files] [any other argument of `playwright test`]
 */
import { runNode } from './processes.mjs';
import { startTestDatabases } from './test-databases.mjs';

const { env, stop } = await startTestDatabases();
const args = ['packages/e2e/src/run.mjs', ...process.argv.slice(2)];
process.exitCode = await runNode(args, { env });
stop();
