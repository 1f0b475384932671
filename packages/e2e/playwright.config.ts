import { defineConfig } from '@playwright/test';
import { CONNECTION_STRING_VARIABLE } from '../../scripts/postgres.mjs';
import { inCi } from '../../scripts/processes.mjs';
import { base, browser, SECOND } from './playwright.base';
import type { WorkerOptions } from './tests/fixtures';
import { ONCE_TAG, POSTGRES_LOOK_TAG, SQLITE_LOOK_TAG } from './tests/looks';

const connectionString = process.env[CONNECTION_STRING_VARIABLE];
if (inCi && !connectionString) {
  throw new Error(
    `The browser tests need PostgreSQL: set ${CONNECTION_STRING_VARIABLE}`,
  );
}

const REPLICAS = '**/replicas/**';

/** Runs the same tests on each database, and the tests that need several backends on one of them. */
export default defineConfig<{}, WorkerOptions>({
  ...base,
  testDir: 'tests',
  outputDir: 'test-results',
  timeout: 120 * SECOND,
  expect: { timeout: 10 * SECOND },
  use: {
    ...browser,
    actionTimeout: 10 * SECOND,
  },
  projects: [
    {
      name: 'sqlite',
      testIgnore: REPLICAS,
      ...(connectionString && { grepInvert: new RegExp(POSTGRES_LOOK_TAG) }),
      use: { database: { client: 'better-sqlite3' } },
    },
    ...(connectionString
      ? [
          {
            name: 'postgresql',
            testIgnore: REPLICAS,
            grepInvert: new RegExp(`${SQLITE_LOOK_TAG}|${ONCE_TAG}`),
            use: { database: { client: 'pg' as const, connectionString } },
          },
          { name: 'replicas', testMatch: `${REPLICAS}/*.test.ts` },
        ]
      : []),
  ],
});
