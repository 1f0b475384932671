import { Page } from '@playwright/test';
import { createKey, revokeAllKeys, tokenOf } from './api';
import { expect, signInAs, test } from './fixtures';
import { LOOKS, lookAt, lookTag, ONCE_TAG } from './looks';
import { API, AUTHORIZE, hang, OUTAGES, uncaughtIn } from './outages';

const PAGES = [
  '/api-keys',
  '/api-keys/0b0f1c8e-2f0e-4a53-9b58-2f3d3c5b7a10',
  '/api-keys-admin',
  '/settings/api-keys',
  '/catalog/default/user/grace/api-keys',
];

/** Expects the sidebar, and no error page. */
async function expectPortalToWork(page: Page) {
  const entry = page.getByRole('navigation').getByText('My API Keys');
  await expect(entry.first()).toBeAttached();
  await expect(page.locator('h1').first()).toBeAttached();
  await expect(page.getByText(/Error in|Error:/)).toHaveCount(0);
}

const adminEntry = (page: Page) =>
  page
    .getByRole('navigation', { name: 'sidebar nav' })
    .getByRole('link', { name: 'API keys admin' });

for (const [what, answer] of Object.entries({
  fails: OUTAGES.fails,
  'is blocked': OUTAGES['is blocked'],
  'never answers': hang,
})) {
  test(
    `the portal starts while the permission backend ${what}`,
    { tag: ONCE_TAG },
    async ({ openPortal }) => {
      const { page } = await signInAs(await openPortal(), 'Grace');
      await expect(adminEntry(page)).toBeVisible();
      const uncaught = uncaughtIn(page);
      await page.route(AUTHORIZE, answer);

      for (const path of ['/catalog', '/settings', ...PAGES]) {
        await page.goto(path);
        await expectPortalToWork(page);
        // The app cannot find out who is an admin.
        await expect(adminEntry(page)).toBeHidden();
      }
      // The page asks the backend, which can.
      await page.goto('/api-keys-admin');
      const inventory = { name: 'Everybody’s API keys' };
      await expect(page.getByRole('region', inventory)).toBeVisible();
      expect(uncaught).toEqual([]);

      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await page.reload();
      await expect(adminEntry(page)).toBeVisible();
    },
  );
}

for (const [what, answer] of Object.entries(OUTAGES)) {
  test(
    `every page shows an error and retries when the API ${what}`,
    { tag: ONCE_TAG },
    async ({ openPortal }) => {
      const { page } = await signInAs(await openPortal(), 'Grace');
      await expect(adminEntry(page)).toBeVisible();
      const uncaught = uncaughtIn(page);
      await page.route(API, answer);
      await page.goto('/catalog');
      await expectPortalToWork(page);
      for (const path of PAGES) {
        await page.goto(path);
        const said = page.getByText(/could not be loaded/).first();
        await expect(said, path).toBeVisible();
        const retry = page.getByRole('button', { name: 'Retry' }).first();
        await expect(retry, path).toBeEnabled();
        await expectPortalToWork(page);
      }
      await page.goto('/api-keys-admin');
      const retry = page.getByRole('button', { name: 'Retry' });
      await expect(retry).toBeEnabled();
      await page.unroute(API);
      await retry.click();
      const inventory = { name: 'Everybody’s API keys' };
      await expect(page.getByRole('region', inventory)).toBeVisible();
      expect(uncaught).toEqual([]);
    },
  );
}

test(
  'every page shows that it is loading while the API never answers',
  { tag: ONCE_TAG },
  async ({ openPortal }) => {
    const { page } = await signInAs(await openPortal(), 'Grace');
    await expect(adminEntry(page)).toBeVisible();
    const uncaught = uncaughtIn(page);
    await page.route(API, hang);
    await page.goto('/catalog');
    await expectPortalToWork(page);
    for (const path of PAGES) {
      await page.goto(path);
      const loading = page.getByRole('status', { name: /^Loading/ }).first();
      await expect(loading, path).toBeVisible();
      await expectPortalToWork(page);
    }
    expect(uncaught).toEqual([]);
  },
);

for (const look of LOOKS) {
  test(
    `pages explain an outage (${look.name})`,
    { tag: lookTag(look) },
    async ({ openPortal, portal }) => {
      const token = await tokenOf(portal, 'grace');
      const { key } = await createKey(portal, token, { name: 'Ferry tickets' });
      try {
        const { page } = await signInAs(await openPortal(look), 'Grace');
        await expect(page.getByText('My API Keys').first()).toBeAttached();
        await page.route(API, OUTAGES['answers with HTML']);
        for (const [step, path] of [
          ['96-outage-list', '/api-keys'],
          ['96-outage-key', `/api-keys/${key.id}`],
          ['96-outage-admin', '/api-keys-admin'],
        ]) {
          await page.goto(path);
          await expect(
            page.getByText(/did not come from the backend/).first(),
          ).toBeVisible();
          await lookAt(page, step, look);
        }
        await page.unroute(API);
        await page.route(AUTHORIZE, OUTAGES.fails);
        await page.goto('/api-keys');
        await expect(page.getByText('Ferry tickets').first()).toBeVisible();
        await lookAt(page, '96-permissions-away', look);
      } finally {
        await revokeAllKeys(portal, 'grace');
      }
    },
  );
}
