import { Page } from '@playwright/test';
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Portal } from '../src/Portal';
import { createKey, revokeKey, tokenOf } from './api';
import { curl } from './curl';
import { expect, signInAs, test } from './fixtures';
import { keysOfEveryKind, usesOf } from './keysOfEveryKind';
import { EVERY_LOOK, lookTag, lookAt } from './looks';

/**
 * The page polls every 5 seconds, and every 30 once it has received a signal, so an update within this time came by
 * signal.
 */
const AT_ONCE = { timeout: 15_000 };

/**
 * Backstage's signals plugin never answers the first connection after its start, and Chromium then waits for a long
 * time. Pages poll until they are connected.
 */
async function wakeSignals(portal: Portal): Promise<void> {
  const upgrade = get(`${portal.url}/api/signals`, {
    headers: { Connection: 'Upgrade', Upgrade: 'websocket' },
  });
  upgrade.on('error', () => {});
  await sleep(500);
  upgrade.destroy();
}

/** Resolves once the page has subscribed to signals. */
async function subscribed(page: Page): Promise<void> {
  await new Promise<void>(resolve =>
    page.on('websocket', socket =>
      socket.on('framesent', ({ payload }) => {
        if (/"subscribe".*"api-keys"/.test(String(payload))) resolve();
      }),
    ),
  );
}

test('an open page shows changes made elsewhere at once', async ({
  openPortal,
  portal,
}) => {
  const token = await tokenOf(portal, 'ada');
  await wakeSignals(portal);
  const page = await openPortal();
  const isSubscribed = subscribed(page);
  const ada = await signInAs(page, 'Ada');
  await ada.openFromSidebar();
  await isSubscribed;

  const { key, secret } = await createKey(portal, token, { name: 'From CI' });
  await expect(ada.row('From CI')).toBeVisible(AT_ONCE);

  await curl(`${portal.url}/api/catalog/entities`, secret);
  const lastUsed = ada.lastUsed('From CI');
  await expect(lastUsed).toContainText(/just now|seconds? ago/, AT_ONCE);
  await expect(lastUsed).toContainText('From 127.0.0.1');
  await expect(
    lastUsed.getByRole('img', {
      name: 'Used on 1 of the last 30 days, once',
    }),
  ).toBeVisible();

  const owner = 'group:default/team-a';
  const team = await createKey(portal, await tokenOf(portal, 'mei'), {
    name: 'Made by a colleague',
    owner,
  });
  await expect(ada.row('Made by a colleague')).toBeVisible(AT_ONCE);

  for (const { id, name } of [key, team.key]) {
    await revokeKey(portal, token, id);
    await expect(ada.row(name)).toBeHidden(AT_ONCE);
  }
  await ada.page.getByRole('button', { name: /^Show \d+ ended key/ }).click();
  await expect(ada.row('From CI')).toContainText('Revoked');
  expect(new URL(ada.page.url()).search).toBe('?group=ended');
});

for (const look of EVERY_LOOK) {
  const tag = lookTag(look);
  const name = `the list shows keys of every kind (${look.name})`;
  test(name, { tag }, async ({ openPortal }) => {
    const page = await openPortal(look);
    const ada = await signInAs(page, 'Ada');
    // Replaces the list: expiry and 30 days of uses take too long for a test.
    const keys = keysOfEveryKind();
    await page.route('**/api/api-keys/v1/keys?*', route => {
      const { searchParams } = new URL(route.request().url());
      const statuses = searchParams.getAll('status');
      const items = keys.filter(
        ({ status }) => statuses.length === 0 || statuses.includes(status),
      );
      const totalItems = items.length;
      return route.fulfill({
        json: { items, totalItems, totalIsCapped: false, pageInfo: {} },
      });
    });
    await page.route('**/api/api-keys/v1/usage?*', route =>
      route.fulfill({ json: { items: keys.flatMap(usesOf) } }),
    );
    await ada.openFromSidebar();
    await expect(ada.row('Nightly build')).toContainText('Expires in 3 days');
    await expect(
      page.getByRole('img', { name: /of the last/ }),
    ).not.toHaveCount(0);
    await lookAt(page, '70-live-list', look);
    await page.getByRole('button', { name: 'Show 3 ended keys' }).click();
    await expect(ada.row('Smoke test')).toBeVisible();
    await lookAt(page, '71-live-list-ended', look);
  });
}
