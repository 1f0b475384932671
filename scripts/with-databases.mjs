/*
 * Runs a script of this repository with the databases for tests.
 *
 *   node scripts/with-databases.mjs <script> [arguments]
 */
import { runNode } from './processes.mjs';
import { startTestDatabases } from './test-databases.mjs';

const { env, stop } = await startTestDatabases();
process.exitCode = await runNode(process.argv.slice(2), { env });
stop();
