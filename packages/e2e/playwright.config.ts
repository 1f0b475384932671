import { defineConfig } from '@playwright/test';
import { inCi } from '../../scripts/processes.mjs';
import type { WorkerOptions } from './tests/fixtures';
import { LOOK_TAG, ONCE_TAG } from './tests/looks';

const CONNECTION_STRING =
  'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';
const connectionString = process.env[CONNECTION_STRING];
if (inCi && !connectionString) {
  throw new Error(
    `The browser tests need PostgreSQL: set ${CONNECTION_STRING}`,
  );
}

const SECOND = 1000;
const REPLICAS = '**/replicas/**';

/** The same stories on each database, and what only shows with several backends on one. */
export default defineConfig<{}, WorkerOptions>({
  testDir: 'tests',
  outputDir: 'test-results',
  timeout: 120 * SECOND,
  expect: { timeout: 10 * SECOND },
  // One portal and one browser are enough for two cores.
  workers: 1,
  forbidOnly: inCi,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE
    ? [['list'], ['json']]
    : 'list',
  use: {
    actionTimeout: 10 * SECOND,
    trace: 'retain-on-failure',
    locale: 'en-GB',
    timezoneId: 'UTC',
  },
  projects: [
    {
      name: 'sqlite',
      testIgnore: REPLICAS,
      use: { database: { client: 'better-sqlite3' } },
    },
    ...(connectionString
      ? [
          {
            name: 'postgresql',
            testIgnore: REPLICAS,
            grepInvert: new RegExp(`${LOOK_TAG}|${ONCE_TAG}`),
            use: { database: { client: 'pg' as const, connectionString } },
          },
          { name: 'replicas', testMatch: `${REPLICAS}/*.test.ts` },
        ]
      : []),
  ],
});
