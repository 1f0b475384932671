import type { PlaywrightTestConfig } from '@playwright/test';
import { inCi } from '../../scripts/processes.mjs';

export const SECOND = 1000;

/** What all browser tests have in common. */
export const base = {
  // One portal and one browser are enough for two cores.
  workers: 1,
  forbidOnly: inCi,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE
    ? [['list'], ['json']]
    : 'list',
} satisfies PlaywrightTestConfig;

/** What their browsers have in common. */
export const browser = {
  // Without pictures of every moment, which cost a tenth of the time: each step shows the page as it was.
  trace: { mode: 'retain-on-failure', screenshots: false },
  locale: 'en-GB',
  timezoneId: 'UTC',
} satisfies PlaywrightTestConfig['use'];
