import type { PlaywrightTestConfig } from '@playwright/test';
import { inCi } from '../../scripts/processes.mjs';

export const SECOND = 1000;

/** Settings that all browser tests share. */
export const base = {
  // One portal and one browser are enough for two cores.
  workers: 1,
  forbidOnly: inCi,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE
    ? [['list'], ['json']]
    : 'list',
} satisfies PlaywrightTestConfig;

/** Browser settings that all browser tests share. */
export const browser = {
  // Without screencasts, which take a tenth of the time: each step records the page as it was.
  trace: { mode: 'retain-on-failure', screenshots: false },
  locale: 'en-GB',
  timezoneId: 'UTC',
} satisfies PlaywrightTestConfig['use'];
