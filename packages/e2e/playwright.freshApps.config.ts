import { defineConfig } from '@playwright/test';
import { base, browser, SECOND } from './playwright.base';

/** Tests of fresh Backstage apps, which src/testFreshApps.mjs creates. */
export default defineConfig({
  ...base,
  testDir: 'freshApps',
  outputDir: 'test-results/fresh-apps',
  // Starting an app compiles its page.
  timeout: 420 * SECOND,
  expect: { timeout: 15 * SECOND },
  use: {
    ...browser,
    actionTimeout: 20 * SECOND,
  },
});
