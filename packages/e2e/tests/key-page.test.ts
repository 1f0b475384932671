import { Portal } from '../src/Portal';
import { createKey, revokeKey, rotateKey, tokenOf } from './api';
import { curl } from './curl';
import { expect, signInAs, test } from './fixtures';
import { lookTag, lookAt, LOOKS } from './looks';

const NAME = 'Deploy job';

for (const look of LOOKS) {
  const tag = lookTag(look);

  test(
    `Ada sees the history of a key that she rotated (${look.name})`,
    { tag },
    async ({ openPortal, portal }) => {
      const { old, successor } = await useRotatedKey(portal);
      const ada = await signInAs(await openPortal(look), 'Ada');
      const { page } = ada;
      await ada.openFromSidebar();
      await ada.openKey(NAME, old.hint);

      const usage = ada.section('Usage in the last 30 days');
      await expect(usage).toContainText('catalog 3');
      await expect(usage).toContainText('api-keys 1');
      const rotation = ada.section('Rotation');
      await expect(rotation).toContainText(/Old key still used .* from /);
      await expect(ada.section('About this key')).toContainText(old.id);
      await lookAt(page, '50-key-page', look);

      // The arrow keys lead from the first day to the last.
      const bars = usage.getByRole('group').getByRole('button');
      await bars.last().focus();
      await page.keyboard.press('Enter');
      await expect(usage.getByRole('status')).toContainText('catalog 3');
      await usage.getByText('Show as a table').click();
      await expect(
        usage.getByRole('row').filter({ hasText: 'catalog' }),
      ).toContainText('3');
      // Moves the pointer off the chart, which shows a tooltip under it.
      await page.mouse.move(0, 0);
      await usage.scrollIntoViewIfNeeded();
      await lookAt(page, '51-key-page-usage', look);

      await rotation.scrollIntoViewIfNeeded();
      await lookAt(page, '52-key-page-family', look);

      const activity = ada.section('Activity');
      const rotated = activity.getByRole('row').filter({ hasText: 'Rotated' });
      await expect(rotated).toHaveCount(2);
      await rotated
        .first()
        .getByRole('button', { name: 'Show details' })
        .press('Enter');
      await expect(activity).toContainText('Replaced by key');
      await activity.scrollIntoViewIfNeeded();
      await lookAt(page, '53-key-page-activity', look);

      await activity
        .getByRole('link', { name: `Open the page of key ${successor.id}` })
        .click();
      await expect(
        page.getByRole('heading', { name: `${NAME} …${successor.hint}` }),
      ).toBeVisible();
      await expect(ada.section('Usage in the last 30 days')).toContainText(
        'Not used in the last 30 days.',
      );
      await page.getByRole('button', { name: 'Revoke…' }).click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: 'Revoke key' })
        .click();
      await expect(page.getByText(`“${NAME}” is revoked.`)).toBeVisible();
      await expect(ada.section('About this key')).toContainText(
        'Revoked by an owner',
      );
      await page.mouse.move(0, 0);
      await lookAt(page, '54-key-page-revoked', look);

      await page.goto('/api-keys/00000000-0000-4000-8000-000000000000');
      await expect(page.getByText('There is no such key')).toBeVisible();
      await lookAt(page, '55-key-page-unknown', look);
      await revokeKey(portal, await tokenOf(portal, 'ada'), old.id);
      await page
        .getByRole('link', { name: 'All your API keys' })
        .first()
        .click();
      await expect(ada.row(NAME)).toBeHidden();
    },
  );
}

/** Rotates a key of Ada twice, as if she had lost the first secret, and goes on using the old one. */
async function useRotatedKey(portal: Portal) {
  const ada = await tokenOf(portal, 'ada');
  const { key: old, secret } = await createKey(portal, ada, {
    name: NAME,
    description: 'Publishes the docs after each merge.',
    inactivityTimeout: 'P30D',
  });
  const url = `${portal.url}/api/catalog/entities?limit=1`;
  const use = async (where: string) =>
    expect((await curl(where, secret)).status).toBe(200);
  await use(url);
  await use(`${portal.url}/api/api-keys/v1/self`);
  await rotateKey(portal, ada, old.id);
  const { key: successor } = await rotateKey(portal, ada, old.id);
  await use(url);
  await use(url);
  return { old, successor };
}
