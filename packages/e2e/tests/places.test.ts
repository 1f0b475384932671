import { Page } from '@playwright/test';
import { createKey, revokeKey, tokenOf } from './api';
import { expect, signInAs, test } from './fixtures';
import { lookTag, lookAt, LOOKS } from './looks';
import { makeOlder } from './makeOlder';

/** Selector of our parts of a catalog page. */
const LIST = 'ul[aria-label="API keys"]';

const TEAM_A = 'group:default/team-a';

/** Sidebar, or the bar at the bottom of a narrow page. */
const attention = (page: Page) =>
  page.getByRole('navigation').getByRole('img', { name: /needs attention/ });

for (const look of LOOKS) {
  const tag = lookTag(look);
  const name = `Ada sees her keys on every page that shows them (${look.name})`;
  test(name, { tag }, async ({ openPortal, portal, databases }) => {
    const token = await tokenOf(portal, 'ada');
    const make = async (key: object) =>
      (await createKey(portal, token, key)).key.id as string;
    const soon = await make({ name: 'Harbour webcam', expiresIn: 'P2D' });
    await makeOlder(databases, soon, 30);
    const made = [
      soon,
      await make({ name: 'Timetable export', expiresIn: 'P90D' }),
      await make({ name: 'Deploy', owner: TEAM_A, expiresIn: 'P30D' }),
    ];
    try {
      const { page } = await signInAs(await openPortal(look), 'Ada');

      // The sidebar shows that a key ends soon.
      await expect(attention(page).first()).toBeAttached();
      await expect(page.getByRole('progressbar')).toHaveCount(0);
      await lookAt(page, '80-badge', look, 'nav');

      // Her page in the catalog shows her keys, in a card and a tab.
      await page.goto('/catalog/default/user/ada');
      const keys = page.getByRole('list', { name: 'API keys' });
      await expect(
        keys.getByRole('link', { name: 'Harbour webcam' }),
      ).toBeVisible();
      await expect(keys.getByText('Deploy')).toBeHidden();
      await keys.scrollIntoViewIfNeeded();
      await lookAt(page, '81-user-card', look, LIST);
      await page.goto('/catalog/default/user/ada/api-keys');
      await expect(keys.getByText('Timetable export')).toBeVisible();
      await lookAt(page, '82-user-tab', look, LIST);

      // The page of her team shows the team's keys; the page of another team shows none to her.
      await page.goto('/catalog/default/group/team-a');
      await expect(keys.getByRole('link', { name: 'Deploy' })).toBeVisible();
      await expect(keys.getByText('Harbour webcam')).toBeHidden();
      await lookAt(page, '83-team-card', look, LIST);
      await page.goto('/catalog/default/group/team-b/api-keys');
      await expect(
        page.getByText('Only members see the API keys of this group.'),
      ).toBeVisible();
      await lookAt(page, '84-other-team-tab', look);

      // The settings list all of them.
      await page.goto('/settings');
      await page.getByRole('tab', { name: 'API keys' }).click();
      const row = page.getByRole('row').filter({ hasText: 'Harbour webcam' });
      await expect(row).toContainText('in 2 days');
      await lookAt(page, '85-settings-tab', look, 'article');

      // Entries of a card link to the page of the key.
      await page.goto('/catalog/default/user/ada/api-keys');
      await keys.getByRole('link', { name: 'Harbour webcam' }).click();
      await expect(page).toHaveURL(new RegExp(`/api-keys/${soon}$`));
    } finally {
      for (const id of made) await revokeKey(portal, token, id);
    }
  });
}

test('the dot in the sidebar disappears once the key is rotated or revoked', async ({
  portal,
  databases,
  signIn,
}) => {
  const token = await tokenOf(portal, 'ada');
  const { key } = await createKey(portal, token, {
    name: 'Short-lived',
    expiresIn: 'P1D',
  });
  await makeOlder(databases, key.id, 30);
  const ada = await signIn('Ada');
  await expect(attention(ada.page)).toBeAttached();
  await ada.openFromSidebar();
  await ada.confirmRevocation(await ada.openRevokeDialog(key.name));
  await expect(attention(ada.page)).toHaveCount(0);
});

for (const look of LOOKS) {
  const tag = lookTag(look);
  const name = `Ada reads her page in German (${look.name})`;
  test(name, { tag }, async ({ openPortal, portal, databases }) => {
    const token = await tokenOf(portal, 'ada');
    const { key } = await createKey(portal, token, {
      name: 'Fahrplan-Export',
      description: 'Jede Nacht für die Website',
      expiresIn: 'P2D',
    });
    await makeOlder(databases, key.id, 30);
    try {
      const ada = await signInAs(await openPortal(look), 'Ada');
      await ada.openFromSidebar();
      const { page } = ada;
      const choose = async (language: string) => {
        await page.goto('/settings/general');
        await page
          .getByRole('listitem')
          .filter({ hasText: 'Change the language' })
          .getByRole('button')
          .click();
        await page.getByRole('option', { name: language }).click();
      };

      await choose('Deutsch');
      await page.goto('/api-keys');
      const list = page.getByRole('region', { name: 'Ihre API-Schlüssel' });
      await expect(list).toContainText('Läuft in 2 Tagen ab');
      await lookAt(page, '86-german-list', look);
      await page.getByRole('button', { name: 'Schlüssel erstellen' }).click();
      const dialog = page.getByRole('dialog');
      await expect(dialog).toContainText('Ablauf');
      await lookAt(page, '87-german-dialog', look);
      await page.keyboard.press('Escape');
      await page.goto(`/api-keys/${key.id}`);
      await expect(page.getByText('Fahrplan-Export').first()).toBeVisible();
      await lookAt(page, '88-german-key', look);

      await choose('English');
      await page.goto('/api-keys');
      await expect(
        page.getByRole('region', { name: 'Your API keys' }),
      ).toContainText('in 2 days');
    } finally {
      await revokeKey(portal, token, key.id);
    }
  });
}
