import { Portal } from '../src/Portal';
import { AdminPage } from './AdminPage';
import {
  createKey,
  removePolicy,
  requestRevocation,
  revokeKey,
  rotateKey,
  setPolicy,
  tokenOf,
} from './api';
import { curl } from './curl';
import { expect, signInAs, test } from './fixtures';
import { lookTag, lookAt, LOOKS } from './looks';

const TOMAS = 'user:default/tomas';
/** Uses are written once a minute. */
const USES_FLUSHED = 75_000;

const inDays = (days: number) =>
  new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);

for (const look of LOOKS) {
  const tag = lookTag(look);

  test(
    `Grace resolves entries of the attention list (${look.name})`,
    { tag },
    async ({ openPortal, portal }) => {
      await createEntries(portal);
      const { page } = await signInAs(await openPortal(look), 'Grace');
      const grace = new AdminPage(page);
      await grace.open();
      await grace.openAttention();

      const seen = grace.concern('Replaced secret still presented');
      await expect(seen).toContainText('Pipeline of Tomás');
      const endless = grace.concern('Without expiry');
      await expect(endless).toContainText('Never ends');
      const cut = grace.concern('Cut short by a policy');
      await expect(cut).toContainText('Wanted more');
      await expect(grace.concern('Owner not in the catalog')).toContainText(
        'None',
      );
      await lookAt(page, '40-attention', look);

      await endless
        .getByRole('button', { name: 'Change expiry of Never ends' })
        .first()
        .click();
      const dialog = page.getByRole('dialog');
      await expect(dialog).toContainText('It does not expire.');
      await dialog.getByLabel(/Last day/).fill(inDays(20));
      await lookAt(page, '41-attention-expiry', look);
      await dialog.getByRole('button', { name: 'Change expiry' }).click();
      await expect(dialog).toBeHidden();
      await expect(endless).toContainText('None');

      await cut.getByRole('button', { name: 'Show in inventory' }).click();
      await expect(grace.row('Wanted more')).toBeVisible();
      await expect(page.getByLabel('Show only')).toHaveValue('cut-short');
      await page.goBack();

      await cut
        .getByRole('button', { name: /^Revoke/ })
        .last()
        .click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Revoke \d+ key/ })
        .click();
      await page.getByRole('button', { name: 'Close' }).click();
      await expect(cut).toContainText('None');
      await lookAt(page, '42-attention-done', look);
      await removeEntries(portal);
    },
  );

  test(
    `Noor, an auditor, sees everything and can change nothing (${look.name})`,
    { tag },
    async ({ openPortal, portal }) => {
      const ada = await tokenOf(portal, 'ada');
      const { key } = await createKey(portal, ada, { name: 'Under audit' });
      const { page } = await signInAs(await openPortal(look), 'Noor');
      const noor = new AdminPage(page);
      await noor.open();
      await expect(noor.row('Under audit')).toContainText('Active');
      await expect(page.getByRole('checkbox')).toHaveCount(0);
      await expect(page.getByRole('button', { name: /^Revoke/ })).toHaveCount(
        0,
      );
      await lookAt(page, '43-auditor', look);

      await page
        .getByRole('button', { name: 'Actions for Under audit' })
        .first()
        .click();
      await page.getByRole('menuitem', { name: 'Show in audit trail' }).click();
      await expect(noor.events()).toHaveCount(1);
      await expect(noor.events()).toContainText('Created');

      await noor.openPolicies();
      await expect(
        page.getByRole('button', { name: /Set a policy/ }),
      ).toHaveCount(0);
      await noor.openAttention();
      await expect(page.getByRole('button', { name: /^Revoke/ })).toHaveCount(
        0,
      );

      const refused = await requestRevocation(
        portal,
        await tokenOf(portal, 'noor'),
        { ids: [key.id] },
      );
      expect(refused.status).toBe(403);
      await revokeKey(portal, ada, key.id);
    },
  );

  test(
    `Grace filters keys by the charts and selects columns (${look.name})`,
    { tag },
    async ({ openPortal, portal }) => {
      const ada = await tokenOf(portal, 'ada');
      const { key, secret } = await createKey(portal, ada, {
        name: 'Charted',
        expiresIn: 'P10D',
      });
      await curl(`${portal.url}/api/catalog/entities?limit=1`, secret);
      const { page } = await signInAs(await openPortal(look), 'Grace');
      const grace = new AdminPage(page);
      await grace.open();

      const week = grace
        .chart(/^Keys that expire/)
        .getByRole('button')
        .nth(1);
      await week.click();
      await expect(grace.row('Charted')).toContainText('in 10 days');
      await expect(page.getByText(/^Expires .* – /)).toBeVisible();
      await lookAt(page, '44-charts', look);
      await page.getByRole('button', { name: 'Columns' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'Uses' }).click();
      await lookAt(page, '45-columns', look);
      await page.keyboard.press('Escape');
      await expect(grace.row('Charted')).toContainText('1');
      await page.reload();
      await expect(
        page
          .getByRole('cell')
          .filter({ hasText: /^Uses1$/ })
          .first(),
      ).toBeVisible();

      await grace.chart(/^Uses/).getByRole('button').last().click();
      await expect(page.getByText(/^Used on /)).toBeVisible();
      await expect(grace.row('Charted')).toBeVisible({ timeout: USES_FLUSHED });
      await page.getByRole('button', { name: 'Columns' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'Uses' }).click();
      await revokeKey(portal, ada, key.id);
    },
  );
}

/** Creates keys of Tomás that need an admin's attention. */
async function createEntries(portal: Portal): Promise<void> {
  const tomas = await tokenOf(portal, 'tomas');
  const grace = await tokenOf(portal, 'grace');
  await setPolicy(portal, grace, TOMAS, { lifetime: { allowUnlimited: true } });
  await createKey(portal, tomas, { name: 'Never ends', expiresAt: null });
  await createKey(portal, tomas, { name: 'Wanted more', expiresIn: 'P200D' });
  const rotated = await createKey(portal, tomas, { name: 'Pipeline of Tomás' });
  const { secret } = await rotateKey(portal, tomas, rotated.key.id);
  const entities = `${portal.url}/api/catalog/entities?limit=1`;
  expect((await curl(entities, secret)).status).toBe(200);
  expect((await curl(entities, rotated.secret)).status).toBe(401);
  await setPolicy(portal, grace, TOMAS, {
    lifetime: { max: 'P100D', allowUnlimited: true },
  });
}

/** Removes what would affect the run of this test in another look. */
async function removeEntries(portal: Portal): Promise<void> {
  const grace = await tokenOf(portal, 'grace');
  await removePolicy(portal, grace, TOMAS);
  const keys = { filter: { owner: TOMAS } };
  const { status } = await requestRevocation(portal, grace, keys);
  expect(status).toBe(200);
}
