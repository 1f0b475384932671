import { defineConfig } from '@playwright/test';
import { base, browser, SECOND } from './playwright.base';

/** Tests of fresh Backstage apps, which src/strangers.mjs creates. */
export default defineConfig({
  ...base,
  testDir: 'stranger',
  outputDir: 'test-results/stranger',
  // Starting an app compiles its page.
  timeout: 420 * SECOND,
  expect: { timeout: 15 * SECOND },
  use: {
    ...browser,
    actionTimeout: 20 * SECOND,
  },
});
