import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { packageDir } from '../../src/paths.mjs';
import type { StrangerPortal } from '../../src/stranger/StrangerPortal';

/** Scenario that runs in a started app. */
export type Story = (app: {
  page: Page;
  portal: StrangerPortal;
  /** Takes a screenshot of the page. */
  look: (what: string) => Promise<unknown>;
}) => Promise<void>;

/** Takes screenshots whose names start with that of the app. */
export function photographer(page: Page, app: string) {
  return (what: string) =>
    page.screenshot({
      path: join(packageDir, 'screenshots/stranger', `${app}-${what}.png`),
    });
}
