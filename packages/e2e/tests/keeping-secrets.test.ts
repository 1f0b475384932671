import { createKey, revokeAllKeys, tokenOf } from './api';
import { curl } from './curl';
import { expect, signInAs, test } from './fixtures';
import { lookAt, LOOKS, lookTag } from './looks';

test.afterEach(({ portal }) => revokeAllKeys(portal, 'ada'));

for (const look of LOOKS) {
  test(
    `Ada pastes a secret into the search, which finds the key without sending the secret (${look.name})`,
    { tag: lookTag(look) },
    async ({ openPortal, portal }) => {
      const { secret } = await createKey(portal, await tokenOf(portal, 'ada'), {
        name: 'Pasted',
      });
      const ada = await signInAs(await openPortal(look), 'Ada');
      const { page } = ada;
      const urls: string[] = [];
      page.on('request', request => urls.push(request.url()));
      await ada.openFromSidebar();
      await page.getByLabel('Search').first().fill(secret);
      await expect(
        page.getByText('You pasted the secret of an API key.'),
      ).toBeVisible();
      await expect(
        page.getByRole('link', { name: /Pasted/ }).first(),
      ).toBeVisible();
      await lookAt(page, '90-secret-in-search', look);
      expect(page.url()).not.toContain(secret);
      expect(urls.filter(url => url.includes(secret))).toEqual([]);
      expect(await page.content()).not.toContain(secret);
    },
  );

  test(
    `Ada pastes a secret into the name of a key, and gets an error that says what to do (${look.name})`,
    { tag: lookTag(look) },
    async ({ openPortal, portal }) => {
      const { secret } = await createKey(portal, await tokenOf(portal, 'ada'), {
        name: 'Pasted',
      });
      const ada = await signInAs(await openPortal(look), 'Ada');
      await ada.openFromSidebar();
      const dialog = await ada.openCreateDialog();
      const name = dialog.getByLabel('Name');
      await name.fill(`for ${secret}`);
      await expect(name).toHaveAccessibleDescription(
        /contains the secret of an API key\. Remove it/,
      );
      await expect(
        dialog.getByRole('button', { name: 'Create key' }),
      ).toBeDisabled();
      await lookAt(ada.page, '92-secret-in-name', look);
    },
  );

  test(
    `Ada sees the consequences before she revokes a key (${look.name})`,
    { tag: lookTag(look) },
    async ({ openPortal, portal }) => {
      const { key, secret } = await createKey(
        portal,
        await tokenOf(portal, 'ada'),
        { name: 'Rotates itself' },
      );
      const rotated = await fetch(`${portal.url}/api/api-keys/v1/self/rotate`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${secret}` },
      });
      const successor = (await rotated.json()).secret;
      const ada = await signInAs(await openPortal(look), 'Ada');
      const { page } = ada;
      await ada.openFromSidebar();
      await ada.openKey('Rotates itself', key.hint);
      await page.getByRole('button', { name: 'Revoke…' }).click();
      const dialog = page.getByRole('dialog');
      await expect(dialog).toContainText('Rotates itself');
      await expect(dialog).toContainText(successor.slice(-4));
      await lookAt(page, '91-revoke-with-successor', look);
      await dialog.getByRole('button', { name: 'Revoke key' }).click();
      await expect(dialog).toBeHidden();
      const entities = `${portal.url}/api/catalog/entities?limit=1`;
      expect((await curl(entities, successor)).status).toBe(401);
    },
  );
}
