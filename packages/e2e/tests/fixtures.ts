import { BrowserContext, Page } from '@playwright/test';
import {
  createDatabases,
  DatabaseServer,
  PortalDatabases,
} from '../src/databases';
import { Portal } from '../src/Portal';
import { ApiKeysPage } from './ApiKeysPage';
import { test as base } from './browser';
import { Look, LOOKS } from './looks';

const START_TIMEOUT_MS = 120_000;

export type WorkerOptions = { database: DatabaseServer };
type WorkerFixtures = { databases: PortalDatabases; portal: Portal };
type TestFixtures = {
  /** Signs a demo user in, in a browser window of their own. */
  signIn: (displayName: string) => Promise<ApiKeysPage>;
  /** Opens the portal in a new browser window. */
  openPortal: (look?: Look) => Promise<Page>;
};

export const test = base.extend<TestFixtures, WorkerOptions & WorkerFixtures>({
  database: [{ client: 'better-sqlite3' }, { option: true, scope: 'worker' }],

  databases: [
    async ({ database }, use) => {
      const databases = await createDatabases(database);
      await use(databases);
      await databases.remove();
    },
    { scope: 'worker' },
  ],

  portal: [
    async ({ databases }, use) => {
      const portal = await Portal.create(databases);
      await portal.start();
      await use(portal);
      await portal.remove();
    },
    { scope: 'worker', timeout: START_TIMEOUT_MS },
  ],

  openPortal: async ({ browser, contextOptions, portal }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (look = LOOKS[0]) => {
      const context = await browser.newContext({
        ...contextOptions,
        baseURL: portal.url,
        viewport: { width: look.width, height: 800 },
        colorScheme: look.scheme,
        reducedMotion: 'reduce',
      });
      contexts.push(context);
      const page = await context.newPage();
      await page.goto('/');
      return page;
    });
    for (const context of contexts) await context.close();
  },

  signIn: async ({ openPortal }, use) =>
    use(async displayName => signInAs(await openPortal(), displayName)),
});

/** Signs in on the page that lists the demo users. */
export async function signInAs(
  page: Page,
  displayName: string,
): Promise<ApiKeysPage> {
  const name = new RegExp(`^${displayName}`);
  await page.getByRole('button', { name }).click();
  return new ApiKeysPage(page);
}

export { expect } from './browser';
