import { createKey, revokeKey, tokenOf } from './api';
import { curl } from './curl';
import { expect, signInAs, test } from './fixtures';
import { lookTag, lookAt, LOOKS } from './looks';

const inDays = (days: number) =>
  new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);

for (const look of LOOKS) {
  const tag = lookTag(look);

  test(
    `Ada rotates a key, and her job goes on until it has the new secret (${look.name})`,
    { tag },
    async ({ openPortal, portal }) => {
      const token = await tokenOf(portal, 'ada');
      const name = 'Ferry timetable';
      const old = await createKey(portal, token, { name });
      const entities = `${portal.url}/api/catalog/entities?limit=1`;
      expect((await curl(entities, old.secret)).status).toBe(200);

      const ada = await signInAs(await openPortal(look), 'Ada');
      await ada.openFromSidebar();
      await ada.choose(name, 'Rotate…');
      const dialog = ada.page.getByRole('dialog', {
        name: `Rotate “${name}”?`,
      });
      await expect(dialog).toContainText('or until');
      await lookAt(ada.page, '90-rotate', look);
      await dialog
        .getByRole('radio', { name: 'End the old secret now' })
        .check();
      await expect(dialog).toContainText('refused with 401 at once');
      await dialog
        .getByRole('radio', { name: /^Keep the old secret until/ })
        .check();
      await dialog.getByRole('button', { name: 'Rotate key' }).click();

      const reveal = ada.page.getByRole('dialog', {
        name: `Store the secret of “${name}” now`,
      });
      const secret = await ada.secretIn(reveal);
      await lookAt(ada.page, '91-rotated-secret', look);
      await ada.closeReveal(reveal);
      expect(await ada.page.content()).not.toContain(secret);
      await expect(ada.row(name)).toHaveCount(2);
      await expect(ada.row(name).filter({ hasText: 'Retiring' })).toBeVisible();
      await lookAt(ada.page, '92-rotated', look);

      expect((await curl(entities, old.secret)).status).toBe(200);
      expect((await curl(entities, secret)).status).toBe(200);
      expect((await curl(entities, old.secret)).status).toBe(401);
      await expect(ada.row(name)).toHaveCount(1);

      const revoking = await ada.openRevokeDialog(name);
      await expect(revoking).toContainText('is refused with 401 at once');
      await ada.confirmRevocation(revoking);
      expect((await curl(entities, secret)).status).toBe(401);
    },
  );

  test(
    `Ada keeps a key alive, lets it end earlier, and renames it (${look.name})`,
    { tag },
    async ({ openPortal, portal }) => {
      const token = await tokenOf(portal, 'ada');
      const { key } = await createKey(portal, token, {
        name: 'Seasonal report',
        inactivityTimeout: 'P30D',
      });
      const ada = await signInAs(await openPortal(look), 'Ada');
      await ada.openFromSidebar();

      await ada.choose('Seasonal report', 'Keep alive…');
      const keeping = ada.page.getByRole('dialog');
      await expect(keeping).toContainText('another 30 days without use');
      await lookAt(ada.page, '93-keep-alive', look);
      await keeping.getByRole('button', { name: 'Keep alive' }).click();
      await expect(keeping).toBeHidden();

      await ada.choose('Seasonal report', 'Shorten expiry…');
      const shortening = ada.page.getByRole('dialog');
      await shortening.getByLabel(/Last day/).fill(inDays(10));
      await expect(shortening).toContainText('is refused with 401');
      await lookAt(ada.page, '94-shorten', look);
      await shortening.getByRole('button', { name: 'Shorten expiry' }).click();
      await expect(shortening).toBeHidden();
      await expect(ada.row('Seasonal report')).toContainText(/in (10|11) days/);

      await ada.choose('Seasonal report', 'Rename…');
      const renaming = ada.page.getByRole('dialog');
      await renaming.getByLabel('Name').fill('<img src=x onerror=alert(1)>');
      await renaming.getByRole('button', { name: 'Save' }).click();
      await expect(renaming).toBeHidden();
      await expect(ada.row('<img src=x onerror=alert(1)>')).toContainText(
        'Active',
      );
      expect(await ada.page.locator('img[src=x]').count()).toBe(0);
      await revokeKey(portal, token, key.id);
    },
  );
}
