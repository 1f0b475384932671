import { Portal } from '../src/Portal';
import { AdminPage } from './AdminPage';
import { createKey, revokeKey, rotateKey, tokenOf } from './api';
import { curl } from './curl';
import { expect, signInAs, test } from './fixtures';
import { lookTag, lookAt, LOOKS } from './looks';

const PRESENTED = 'Rotated-out key presented';
const LIFE = [PRESENTED, 'Revoked', 'Rotated', 'Created'];

for (const look of LOOKS) {
  const tag = lookTag(look);

  test(
    `Grace finds out who used a key that was rotated out (${look.name})`,
    { tag },
    async ({ openPortal, portal }) => {
      const keyId = await presentRotatedOutKey(portal);
      const { page } = await signInAs(await openPortal(look), 'Grace');
      const grace = new AdminPage(page);
      await grace.open();
      await grace.openTrail();
      await expect(grace.events().first()).toBeVisible();
      await lookAt(page, '20-trail', look);

      await page.getByLabel('Owner of the key').fill('ada');
      await page.getByLabel('Owner of the key').press('Enter');
      await page
        .getByLabel('What', { exact: true })
        .selectOption({ label: PRESENTED });
      const presented = grace.events().first();
      await expect(presented).toContainText('Security');
      await expect(presented).toContainText('Whoever has the secret');
      await expect(grace.events().filter({ hasText: 'Created' })).toHaveCount(
        0,
      );

      const details = presented.getByRole('button', { name: 'Show details' });
      await details.press('Enter');
      await expect(grace.trail()).toContainText('Replaced by its successor');
      await expect(grace.trail()).toContainText('forgotten-job/1.0');
      await lookAt(page, '21-trail-details', look);

      await presented
        .getByRole('link', { name: `Only what happened to this key: ${keyId}` })
        .click();
      await expect(grace.events()).toHaveCount(LIFE.length);
      for (const [i, type] of LIFE.entries()) {
        await expect(grace.events().nth(i)).toContainText(type);
      }
      await page.reload();
      await expect(grace.events()).toHaveCount(LIFE.length);
      await grace
        .events()
        .last()
        .getByRole('button', { name: 'Show details' })
        .click();
      await lookAt(page, '22-trail-key', look);

      const lines = await grace.exportCsv();
      expect(lines).toHaveLength(LIFE.length);
      for (const line of lines) expect(line).toContain(keyId);

      await page
        .getByLabel('When', { exact: true })
        .selectOption({ label: 'Pick days' });
      await page.getByLabel('First day').fill('2020-01-01');
      await page.getByLabel('Last day').fill('2020-01-31');
      await expect(page.getByText('No event matches')).toBeVisible();
      await page.getByLabel('Key id').fill(keyId.slice(0, 8));
      await page.getByLabel('Key id').press('Enter');
      await expect(page.getByText('not the id of a key')).toBeVisible();
      await lookAt(page, '23-trail-nothing', look);
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await expect(grace.events().first()).toBeVisible();
      await expect(page.getByLabel('Key id')).toHaveValue('');
    },
  );
}

/** Goes on using a key of Ada that has a successor. Returns its id, and leaves no working key. */
async function presentRotatedOutKey(portal: Portal): Promise<string> {
  const ada = await tokenOf(portal, 'ada');
  const { key, secret } = await createKey(portal, ada, { name: 'Nightly job' });
  const successor = await rotateKey(portal, ada, key.id);
  const url = `${portal.url}/api/catalog/entities?limit=1`;
  expect((await curl(url, successor.secret)).status).toBe(200);
  const refused = await fetch(url, {
    headers: {
      Authorization: `Bearer ${secret}`,
      'User-Agent': 'forgotten-job/1.0',
    },
  });
  expect(refused.status).toBe(401);
  await revokeKey(portal, ada, successor.key.id);
  return key.id;
}
