import { Page } from '@playwright/test';
import { AdminPage } from './AdminPage';
import { createKey, tokenOf } from './api';
import { expect, signInAs, test } from './fixtures';
import { LOOKS, lookAt, ONCE_TAG } from './looks';

const [WIDE] = LOOKS;
const PORTAL = 'Backstage with API keys';
const NAME = 'Page turner';

const sidebar = (page: Page) =>
  page.getByRole('navigation', { name: 'sidebar nav' });

/**
 * Checks that the page has its own title, that one entry of the sidebar is marked, and that links lead to the next
 * page.
 */
async function expectPage(page: Page, title: string, entry: string) {
  await expect(page).toHaveTitle(`${title} | ${PORTAL}`);
  const marked = sidebar(page).locator('a[aria-current="page"]');
  await expect(marked).toHaveCount(1);
  await expect(marked).toHaveAccessibleName(entry);
}

/** The notifications plugin changes the document's title while there are unread notifications. */
const withoutNotifications = (page: Page) =>
  page.route('**/api/notifications/status', route =>
    route.fulfill({ json: { unread: 0, read: 0 } }),
  );

test(
  'Each page has a title and an address, and marks its entry of the sidebar',
  { tag: ONCE_TAG },
  async ({ openPortal, portal }) => {
    const page = await openPortal(WIDE);
    await withoutNotifications(page);
    const printed: string[] = [];
    page.on('console', message => printed.push(message.text()));
    const grace = await signInAs(page, 'Grace');
    await createKey(portal, await tokenOf(portal, 'grace'), { name: NAME });

    await grace.openFromSidebar();
    await expectPage(page, 'My API Keys', 'My API Keys');
    await lookAt(page, '97-pages-list', WIDE);

    await page.getByRole('link', { name: NAME }).click();
    await expectPage(page, `${NAME} | My API Keys`, 'My API Keys');
    await lookAt(page, '97-pages-key', WIDE);
    const address = page.url();
    await page.getByRole('link', { name: 'All your API keys' }).click();
    await expectPage(page, 'My API Keys', 'My API Keys');
    await page.goBack();
    await expect(page).toHaveURL(address);
    await expectPage(page, `${NAME} | My API Keys`, 'My API Keys');

    const admin = new AdminPage(page);
    await admin.sidebarEntry().first().click();
    await expect(admin.inventory()).toBeVisible();
    await expectPage(page, 'Inventory | API keys admin', 'API keys admin');
    await lookAt(page, '97-pages-admin', WIDE);
    await admin.openTab('Audit trail');
    await expect(page).toHaveURL(/\/api-keys-admin\/events$/);
    await expectPage(page, 'Audit trail | API keys admin', 'API keys admin');

    // Targets of links in notifications.
    await page.goto('/api-keys/admin?status=revoked');
    await expect(admin.inventory()).toBeVisible();
    await expect(page).toHaveURL(/\/api-keys-admin\?status=revoked$/);

    await sidebar(page).getByRole('link', { name: 'Catalog' }).click();
    await expect(page).toHaveTitle(PORTAL);
    expect(printed.filter(text => /rout/i.test(text))).toEqual([]);
  },
);

test(
  'Titles are in the language of the user',
  { tag: ONCE_TAG },
  async ({ openPortal }) => {
    const page = await openPortal(WIDE);
    await withoutNotifications(page);
    await page.evaluate(() => localStorage.setItem('language', 'de'));
    await page.reload();
    await signInAs(page, 'Ada');
    const title = 'Meine API-Schlüssel';
    await sidebar(page).getByRole('link', { name: title }).click();
    await expect(
      page.getByRole('heading', { level: 1, name: title }),
    ).toBeVisible();
    await expectPage(page, title, title);
    await lookAt(page, '97-pages-german', WIDE);
  },
);
