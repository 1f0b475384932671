import { Page, Route } from '@playwright/test';
import { buildLegacyApp } from '../src/buildLegacyApp.mjs';
import { createKey, revokeAllKeys, tokenOf } from './api';
import { expect, test } from './fixtures';
import { LOOKS, lookAt, lookTag, ONCE_TAG } from './looks';
import { makeOlder } from './makeOlder';
import { API, AUTHORIZE, hang, OUTAGES, uncaughtIn } from './outages';

let app: Awaited<ReturnType<typeof buildLegacyApp>>;
test.beforeAll(async () => {
  app = await buildLegacyApp();
});

const HTML =
  '<!doctype html><html lang="en"><title>Old portal</title>' +
  '<link rel="stylesheet" href="/legacy.css"><body><div id="root"></div>' +
  '<script src="/legacy.js"></script>';

/** Serves the app on the old frontend system at the portal's address. */
async function openLegacyApp(page: Page, path: string, user: string) {
  const { origin } = new URL(page.url());
  const config = {
    app: { title: 'Old portal', baseUrl: origin },
    backend: { baseUrl: origin },
    permission: { enabled: true },
  };
  await page.addInitScript(
    data => Object.assign(window, { __APP_CONFIG__: data }),
    config,
  );
  await page.route(
    url => url.origin === origin && !url.pathname.startsWith('/api/'),
    (route: Route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/legacy.js') {
        const contentType = 'text/javascript';
        return route.fulfill({ contentType, body: app.script });
      }
      return pathname === '/legacy.css'
        ? route.fulfill({ contentType: 'text/css', body: app.styles })
        : route.fulfill({ contentType: 'text/html', body: HTML });
    },
  );
  await page.goto(`${path}?user=${user}`);
}

const entry = (page: Page, name: string) =>
  page
    .getByRole('navigation', { name: 'sidebar nav' })
    .getByRole('link', { name });
const inventory = (page: Page) =>
  page.getByRole('region', { name: 'Everybody’s API keys' });

const PAGES = [
  '/',
  '/settings',
  '/catalog/default/user/grace',
  '/api-keys',
  '/api-keys/0b0f1c8e-2f0e-4a53-9b58-2f3d3c5b7a10',
  '/api-keys-admin',
];

for (const look of LOOKS) {
  test(
    `the documented steps add the pages to an app on the old frontend system (${look.name})`,
    { tag: lookTag(look) },
    async ({ openPortal, portal, databases }) => {
      const token = await tokenOf(portal, 'grace');
      const { key } = await createKey(portal, token, {
        name: 'Timetable',
        expiresIn: 'P2D',
      });
      await makeOlder(databases, key.id, 30);
      try {
        const page = await openPortal(look);
        await openLegacyApp(page, '/', 'grace');
        await expect(page.getByText('Timetable').first()).toBeVisible();
        await lookAt(page, '97-legacy-home', look, 'article');
        await page.goto('/api-keys?user=grace');
        await expect(page.getByText('Timetable').first()).toBeVisible();
        await lookAt(page, '97-legacy-keys', look, 'article');
        await page.goto('/api-keys-admin?user=grace');
        await expect(inventory(page)).toBeVisible();
        await lookAt(page, '97-legacy-admin', look, 'article');
      } finally {
        await revokeAllKeys(portal, 'grace');
      }
    },
  );
}

test(
  'the sidebar of an app on the old frontend system links the pages, the admin page only for admins',
  { tag: ONCE_TAG },
  async ({ openPortal }) => {
    const page = await openPortal();
    await openLegacyApp(page, '/', 'grace');
    await entry(page, 'API keys admin').click();
    await expect(inventory(page)).toBeVisible();
    await entry(page, 'My API Keys').click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'My API Keys',
    );

    await page.goto('/api-keys-admin?user=ada');
    await expect(
      page.getByText('not permitted to look after everybody’s API keys'),
    ).toBeVisible();
    await expect(entry(page, 'My API Keys')).toBeVisible();
    await expect(entry(page, 'API keys admin')).toBeHidden();
  },
);

for (const [what, answer] of Object.entries({
  ...OUTAGES,
  'never answers': hang,
})) {
  test(
    `an app on the old frontend system keeps working when the backend ${what}`,
    { tag: ONCE_TAG },
    async ({ openPortal }) => {
      const page = await openPortal();
      await openLegacyApp(page, '/', 'grace');
      await expect(entry(page, 'API keys admin')).toBeVisible();
      const uncaught = uncaughtIn(page);
      await page.route(AUTHORIZE, answer);
      await page.route(API, answer);
      const said =
        answer === hang
          ? page.getByRole('status', { name: /^Loading/ })
          : page.getByText(/could not be loaded/);
      for (const path of PAGES) {
        await page.goto(`${path}?user=grace`);
        await expect(said.first(), path).toBeVisible();
        await expect(entry(page, 'My API Keys')).toBeVisible();
        await expect(entry(page, 'API keys admin')).toBeHidden();
      }
      expect(uncaught).toEqual([]);
    },
  );
}
