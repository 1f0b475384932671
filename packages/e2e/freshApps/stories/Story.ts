import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { packageDir } from '../../src/paths.mjs';
import type { FreshApp } from '../../src/freshApps/FreshApp';

/** Scenario that runs in a started app. */
export type Story = (app: {
  page: Page;
  portal: FreshApp;
  /** Takes a screenshot of the page. */
  look: (what: string) => Promise<unknown>;
}) => Promise<void>;

/** Takes screenshots whose names start with that of the app. */
export function photographer(page: Page, app: string) {
  return (what: string) =>
    page.screenshot({
      path: join(packageDir, 'screenshots/fresh-apps', `${app}-${what}.png`),
    });
}
