import { Portal } from '../src/Portal';
import { AdminPage } from './AdminPage';
import { createKey, tokenOf } from './api';
import { curl } from './curl';
import { expect, signInAs, test } from './fixtures';
import { lookTag, lookAt, LOOKS } from './looks';

/** Well formed with a valid checksum, but not the secret of any key. */
const UNKNOWN = `bsk_${'0'.repeat(44)}a38hE`;

for (const look of LOOKS) {
  const tag = lookTag(look);

  test(
    `Grace finds keys of others and revokes them (${look.name})`,
    { tag },
    async ({ openPortal, portal }) => {
      const secret = await makeKeys(portal);
      const { page } = await signInAs(await openPortal(look), 'Grace');
      const grace = new AdminPage(page);
      await grace.open();
      await expect(grace.row('Deploy of Mei')).toContainText(
        'user:default/mei',
      );
      await lookAt(page, '10-inventory', look);

      await grace.tile('Expire within 7 days').click();
      await expect(grace.row('Nightly build')).toBeHidden();
      await expect(grace.row('Ends soon')).toContainText('in 3 days');
      await expect(grace.tile('Expire within 7 days')).toHaveAttribute(
        'aria-pressed',
        'true',
      );
      await lookAt(page, '11-inventory-tile', look);
      const before = await grace.row('Ends soon').boundingBox();
      await page.reload();
      await expect(grace.row('Ends soon')).toBeVisible();
      await expect(grace.row('Nightly build')).toBeHidden();
      const after = await grace.row('Ends soon').boundingBox();
      expect(after?.height).toBe(before?.height);

      await grace.tile('Working').click();
      await grace.showOwner('ada');
      await expect(grace.row('Deploy of Mei')).toBeHidden();
      expect(await grace.exportCsv()).toHaveLength(2);

      await page.getByLabel('Select Nightly build').check();
      await page.getByRole('button', { name: 'Revoke selected (1)…' }).click();
      await expect(
        page.getByRole('dialog', { name: 'Revoke 1 key?' }),
      ).toContainText('user:default/ada');
      await page.getByRole('button', { name: 'Cancel' }).click();

      await page
        .getByRole('button', { name: 'Revoke all 2 keys that match…' })
        .click();
      const dialog = page.getByRole('dialog', { name: 'Revoke 2 keys?' });
      await dialog
        .getByLabel('Reason')
        .selectOption({ label: 'The owner left' });
      await lookAt(page, '12-inventory-revoke', look);
      await dialog.getByRole('button', { name: 'Revoke 2 keys' }).click();
      await expect(page.getByText('2 keys are revoked')).toBeVisible();
      await lookAt(page, '13-inventory-revoked', look);
      await page.getByRole('button', { name: 'Close' }).click();
      await expect(page.getByText('No key matches')).toBeVisible();

      await page.getByRole('button', { name: 'Clear filters' }).click();
      await expect(grace.row('Deploy of Mei')).toContainText('Active');
      await page
        .getByRole('button', { name: 'Actions for Deploy of Mei' })
        .first()
        .click();
      await page.getByRole('menuitem', { name: 'Revoke…' }).click();
      await page.getByRole('button', { name: 'Revoke 1 key' }).click();
      await expect(page.getByText('1 key is revoked')).toBeVisible();
      const refused = await curl(`${portal.url}/api/catalog/entities`, secret);
      expect(refused.status).toBe(401);
    },
  );

  test(
    `Grace looks up leaked secrets, and revokes their keys (${look.name})`,
    { tag },
    async ({ openPortal, portal }) => {
      const ada = await tokenOf(portal, 'ada');
      const { secret } = await createKey(portal, ada, {
        name: 'Leaked to a log',
      });
      const entities = `${portal.url}/api/catalog/entities?limit=1`;
      expect((await curl(entities, secret)).status).toBe(200);

      const { page } = await signInAs(await openPortal(look), 'Grace');
      const grace = new AdminPage(page);
      await grace.open();
      await grace.openLeakDesk();
      await lookAt(page, '14-leak-desk', look);
      const leaks = await grace.findLeaks(
        `GET /api\\nAuthorization: Bearer ${secret}\\n200\nretry ${UNKNOWN} ${secret}`,
      );
      await expect(page.getByText('2 secrets found.')).toBeVisible();
      await expect(grace.leakText()).toHaveValue('');
      expect(await page.content()).not.toContain(secret);
      await expect(leaks).toContainText('user:default/ada');
      await expect(leaks).toContainText('…38hE is of no key in this portal.');
      await lookAt(page, '15-leaks', look);

      await leaks
        .getByRole('button', { name: 'Revoke Leaked to a log' })
        .click();
      const dialog = page.getByRole('dialog');
      await expect(dialog).toContainText('It belongs to user:default/ada.');
      await lookAt(page, '16-leak-revoke', look);
      await dialog.getByRole('button', { name: 'Revoke key' }).click();
      await expect(dialog).toBeHidden();
      await expect(leaks).toContainText('Revoked');
      await lookAt(page, '17-leak-revoked', look);
      expect((await curl(entities, secret)).status).toBe(401);
    },
  );

  test(
    `Ada, who is no admin, sees that she lacks the permission (${look.name})`,
    { tag },
    async ({ openPortal }) => {
      const ada = await signInAs(await openPortal(look), 'Ada');
      await ada.openFromSidebar();
      await expect(new AdminPage(ada.page).sidebarEntry()).toBeHidden();
      await ada.page.goto('/api-keys-admin');
      await expect(
        ada.page.getByText('not permitted to look after everybody’s API keys'),
      ).toBeVisible();
      await expect(ada.page.getByText('api-keys.admin.read')).toBeVisible();
      await lookAt(ada.page, '18-no-admin', look);
    },
  );
}

/** Creates two keys of Ada and one of Mei, and returns the secret of Ada's key that ends soon and was used. */
async function makeKeys(portal: Portal): Promise<string> {
  const ada = await tokenOf(portal, 'ada');
  const mei = await tokenOf(portal, 'mei');
  const soon = { name: 'Ends soon', expiresIn: 'P3D' };
  const { secret } = await createKey(portal, ada, soon);
  await createKey(portal, ada, { name: 'Nightly build' });
  await createKey(portal, mei, { name: 'Deploy of Mei' });
  await curl(`${portal.url}/api/catalog/entities?limit=1`, secret);
  return secret;
}
