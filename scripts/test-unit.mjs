/*
 * Runs the tests of all packages on SQLite and PostgreSQL, without the browser tests.
 *
 *   yarn test:unit [files] [--watch] [any other argument of jest]
 */
import { runJest } from './jest.mjs';
import { inCi, warn } from './processes.mjs';
import { startTestDatabases } from './test-databases.mjs';

const { env, stop, missing } = await startTestDatabases();
const exitCode = await runJest(process.argv.slice(2), env);
stop();

if (missing) warn(missing);
process.exitCode = exitCode || (missing && inCi ? 1 : 0);
