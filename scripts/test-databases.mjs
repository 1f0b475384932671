/* Databases for tests, in addition to SQLite. */
import { CONNECTION_STRING_VARIABLE, startPostgres } from './postgres.mjs';
import { say, warn } from './processes.mjs';

/**
 * Starts PostgreSQL for tests.
 *
 * @returns {Promise<{env: NodeJS.ProcessEnv, stop: () => void, missing?: string}>} the environment to run tests in;
 *   `missing` is the
 * reason why there is no PostgreSQL
 */
export async function startTestDatabases() {
  // Keeps Backstage's TestDatabases from starting containers for missing databases.
  const env = { ...process.env, BACKSTAGE_TEST_DISABLE_DOCKER: '1' };
  try {
    say('Starting PostgreSQL');
    const { connectionString, stop } = await startPostgres();
    env[CONNECTION_STRING_VARIABLE] = connectionString;
    console.log(connectionString.replace(/:[^:@/]*@/, ':…@'));
    return { env, stop };
  } catch (error) {
    const missing =
      `Nothing is tested on PostgreSQL: ${error.message.trim()}. ` +
      `Set ${CONNECTION_STRING_VARIABLE} to a server whose user may create databases.`;
    warn(missing);
    return { env, stop: () => {}, missing };
  }
}
