import { Portal } from '../src/Portal';
import { AdminPage } from './AdminPage';
import {
  createKey,
  requestRevocation,
  revokeAllKeys,
  revokeKey,
  tokenOf,
} from './api';
import { curl } from './curl';
import { expect, signInAs, test } from './fixtures';
import { lookTag, lookAt, LOOKS } from './looks';
import { makeOlder } from './makeOlder';

const TEAM_B = 'group:default/team-b';

for (const look of LOOKS) {
  const tag = lookTag(look);

  test(
    `Grace sees upcoming warnings, and transfers a key of Linus to his team (${look.name})`,
    { tag },
    async ({ openPortal, portal, databases }) => {
      const name = 'Nightly of Linus';
      const linus = await tokenOf(portal, 'linus');
      const { key, secret } = await createKey(portal, linus, {
        name,
        expiresIn: 'P20D',
      });
      await makeOlder(databases, key.id, 30);
      expect(await selfOf(portal, secret)).toMatchObject({
        owner: 'user:default/linus',
      });

      const { page } = await signInAs(await openPortal(look), 'Grace');
      const grace = new AdminPage(page);
      await grace.open();
      await grace.openTab('Warnings');
      await expect(grace.row(name)).toContainText('user:default/linus');
      await expect(grace.row(name)).toContainText('Expires');
      await expect(grace.row(name)).toContainText('14 days before');
      await lookAt(page, '90-warnings', look);

      await grace.row(name).getByRole('link', { name }).click();
      await expect(grace.inventory()).toBeVisible();
      await grace
        .row(name)
        .getByRole('button', { name: `Actions for ${name}` })
        .click();
      await page.getByRole('menuitem', { name: 'Transfer…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Group').fill('user:ada');
      await dialog.getByLabel('Group').press('Enter');
      await expect(dialog.getByRole('alert')).toContainText(
        'never given to a person',
      );
      await lookAt(page, '91-transfer-person', look);
      await dialog.getByLabel('Group').fill('nobody');
      await dialog.getByLabel('Group').press('Enter');
      await expect(dialog).toContainText('owner must be in the catalog');
      await lookAt(page, '92-transfer-refused', look);
      await dialog.getByLabel('Group').fill('team-b');
      await page.getByRole('option', { name: TEAM_B }).click();
      await expect(dialog).toContainText(`1 key goes to ${TEAM_B}.`);
      await lookAt(page, '93-transfer', look);
      await dialog.getByRole('button', { name: 'Transfer 1 key' }).click();
      await expect(dialog).toContainText('1 key is transferred');
      await lookAt(page, '94-transferred', look);
      await dialog.getByRole('button', { name: 'Close' }).click();

      expect(await selfOf(portal, secret)).toMatchObject({
        id: key.id,
        owner: TEAM_B,
        subject: TEAM_B,
      });
      const entities = `${portal.url}/api/catalog/entities?limit=1`;
      expect((await curl(entities, secret)).status).toBe(200);
      expect(await statusOf(portal, linus, key.id)).toBe(200);
      const ada = await tokenOf(portal, 'ada');
      expect(await statusOf(portal, ada, key.id)).toBe(404);

      await page.goto(`/api-keys-admin/events?keyId=${key.id}`);
      const transferred = grace
        .events()
        .filter({ hasText: 'Transferred' })
        .first();
      await transferred.getByRole('button', { name: 'Show details' }).click();
      await expect(grace.trail()).toContainText('user:default/linus');
      await lookAt(page, '95-transfer-trail', look);
      await requestRevocation(portal, await tokenOf(portal, 'grace'), {
        ids: [key.id],
      });
    },
  );

  test(
    `Grace transfers keys whose owner is gone (${look.name})`,
    { tag },
    async ({ openPortal, portal }) => {
      const linus = await tokenOf(portal, 'linus');
      const { key } = await createKey(portal, linus, { name: 'Left behind' });
      const { page } = await signInAs(await openPortal(look), 'Grace');
      // Simulates a missing owner: the demo's catalog is static.
      await page.route('**/v1/admin/keys?*ownerMissing=true*', route =>
        route.fulfill({
          json: {
            items: [{ ...key, owner: 'user:default/gone' }],
            totalItems: 1,
            totalIsCapped: false,
            pageInfo: {},
          },
        }),
      );
      const grace = new AdminPage(page);
      await grace.open();
      await grace.openAttention();
      const concern = grace.concern('Owner not in the catalog');
      await concern
        .getByRole('button', { name: 'Transfer 1 key…' })
        .scrollIntoViewIfNeeded();
      await lookAt(page, '96-owner-missing', look);
      await concern.getByRole('button', { name: 'Transfer Left' }).click();
      await expect(
        page.getByRole('dialog', {
          name: 'Transfer “Left behind” to a group?',
        }),
      ).toContainText('user:default/gone');
      await revokeKey(portal, linus, key.id);
    },
  );

  test(
    `Ada follows a link that asks her to rotate a key (${look.name})`,
    { tag },
    async ({ openPortal, portal }) => {
      const ada = await tokenOf(portal, 'ada');
      const { key } = await createKey(portal, ada, { name: 'Ends soon' });
      const list = await signInAs(await openPortal(look), 'Ada');
      await list.openFromSidebar();
      const { page } = list;
      await page.goto(`/api-keys/${key.id}?do=rotate`);
      const dialog = page.getByRole('dialog', { name: 'Rotate “Ends soon”?' });
      await expect(dialog).toBeVisible();
      await expect(page).toHaveURL(new RegExp(`/api-keys/${key.id}$`));
      await lookAt(page, '97-rotate-link', look);
      await page.reload();
      const heading = page.getByRole('heading', { name: /Ends soon/ });
      await expect(heading).toBeVisible();
      await expect(dialog).toBeHidden();

      await revokeKey(portal, ada, key.id);
      await page.goto(`/api-keys/${key.id}?do=rotate`);
      await expect(page.getByText('The key is revoked')).toBeVisible();
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await lookAt(page, '98-link-in-vain', look);
      await revokeAllKeys(portal, 'ada');
    },
  );
}

/** Returns what a key reads about itself. */
async function selfOf(portal: Portal, secret: string) {
  const self = `${portal.url}/api/api-keys/v1/self`;
  const { status, body } = await curl(self, secret);
  expect(status).toBe(200);
  return JSON.parse(body);
}

/** Returns 200 if the user sees the key. */
async function statusOf(portal: Portal, token: string, id: string) {
  const response = await fetch(`${portal.url}/api/api-keys/v1/keys/${id}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  return response.status;
}
