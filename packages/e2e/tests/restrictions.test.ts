import { Locator } from '@playwright/test';
import { AdminPage } from './AdminPage';
import { createKey, revokeAllKeys, tokenOf } from './api';
import { ApiKeysPage } from './ApiKeysPage';
import { curl, runInShell } from './curl';
import { expect, signInAs, test } from './fixtures';
import { lookTag, lookAt, LOOKS } from './looks';

const NAME = 'Harbour board';
const READS_CATALOG = 'Reads the catalog; nothing else';

for (const look of LOOKS) {
  const tag = lookTag(look);

  test(
    `Ada creates a key that reads the catalog and nothing else (${look.name})`,
    { tag },
    async ({ openPortal, portal }) => {
      const ada = await signInAs(await openPortal(look), 'Ada');
      const { page } = ada;
      await ada.openFromSidebar();
      const form = await ada.openCreateDialog();
      const rights = form.getByRole('group', { name: 'What the key may do' });
      await expect(rights).toContainText('Everything you can do');

      await rights.getByLabel('Choose…').check();
      await rights.getByLabel('Search plugins and permissions').fill('catal');
      await rights.getByRole('checkbox', { name: 'catalog' }).check();
      await expect(rights).toContainText(READS_CATALOG);
      await rights
        .getByLabel('How much of catalog')
        .selectOption('These permissions');
      await expect(rights).toContainText('3 permissions in the catalog');
      await rights
        .getByLabel('Choose…')
        .evaluate(option => option.scrollIntoView());
      await lookAt(page, '80-restrictions-choose', look);

      await rights.getByLabel('Catalog read only').check();
      await expect(rights).toContainText(READS_CATALOG);
      await rights.scrollIntoViewIfNeeded();
      await lookAt(page, '81-restrictions-preset', look);

      const secret = await refuseNetworkThenCreate(ada, form, async () =>
        lookAt(page, '82-restrictions-networks', look),
      );
      await expect(ada.row(NAME).first()).toContainText(READS_CATALOG);
      await lookAt(page, '83-restrictions-list', look);

      const catalog = `${portal.url}/api/catalog`;
      expect((await curl(`${catalog}/entities`, secret)).status).toBe(200);
      const location = await runInShell(
        `curl -X POST -H "Authorization: Bearer ${secret}" -H "Content-Type: application/json" -d '{"type":"url","target":"https://example.com/a.yaml"}' ${catalog}/locations`,
      );
      const keys = await curl(`${portal.url}/api/api-keys/v1/keys`, secret);
      for (const { status, headers } of [location, keys]) {
        expect(status).toBe(403);
        expect(headers.get('www-authenticate')).toContain('insufficient_scope');
      }

      await ada.openKey(NAME, secret.slice(-4));
      const may = ada.section('What can this key do?');
      await expect(may).toContainText(READS_CATALOG);
      await check(may, 'catalog', 'catalog.entity.read');
      await expect(may.getByRole('status')).toContainText('Allowed');
      await check(may, 'catalog', 'catalog.location.create');
      await expect(may.getByRole('status')).toContainText(
        'Because of its restrictions',
      );
      await may.scrollIntoViewIfNeeded();
      await lookAt(page, '84-restrictions-key', look);
      await revokeAllKeys(portal, 'ada');
    },
  );

  test(
    `Grace finds the keys that are not restricted (${look.name})`,
    { tag },
    async ({ openPortal, portal }) => {
      const token = await tokenOf(portal, 'ada');
      await createKey(portal, token, { name: 'Does it all' });
      await createKey(portal, token, {
        name: 'Does little',
        accessRestrictions: [{ plugin: 'catalog' }, { plugin: 'mcp-actions' }],
      });
      const { page } = await signInAs(await openPortal(look), 'Grace');
      const grace = new AdminPage(page);
      await grace.open();
      await expect(grace.row('Does little')).toContainText(
        'Everything in the catalog and MCP; nothing else',
      );
      await grace.row('Does little').scrollIntoViewIfNeeded();
      await lookAt(page, '85-restrictions-inventory', look);
      await page
        .getByLabel('Show only')
        .selectOption({ label: 'Not restricted' });
      await expect(grace.row('Does little')).toBeHidden();
      await expect(grace.row('Does it all')).toBeVisible();
      await lookAt(page, '86-restrictions-unrestricted', look);

      await grace.openPolicies();
      await page.getByRole('button', { name: 'Set a policy…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Set a policy' });
      await dialog.getByLabel('Restrictions').selectOption('Required');
      await dialog
        .getByLabel('Forbidden plugins')
        .selectOption('These plugins');
      await dialog.getByLabel('Ids of the plugins').fill('notifications');
      await dialog.getByLabel('Ids of the plugins').press('Enter');
      await dialog.getByLabel('Ids of the plugins').scrollIntoViewIfNeeded();
      await lookAt(page, '87-restrictions-policy', look);
      await revokeAllKeys(portal, 'ada');
    },
  );
}

/** Submits an invalid network, sees the error at the field, and submits a valid one. */
async function refuseNetworkThenCreate(
  ada: ApiKeysPage,
  form: Locator,
  look: () => Promise<void>,
): Promise<string> {
  const networks = form.getByLabel('Networks (optional)');
  await networks.fill('127.0.0.0/8\nthe office');
  await form.getByLabel('Name').fill(NAME);
  await form.getByRole('button', { name: 'Create key' }).click();
  await expect(form.getByText(/^“the office”: /)).toBeVisible();
  await networks.scrollIntoViewIfNeeded();
  await look();
  await networks.fill('127.0.0.0/8\n::1/128');
  const reveal = await ada.submitCreateDialog(form, {
    name: NAME,
    expiry: '30 days',
  });
  const secret = await ada.secretIn(reveal);
  await ada.closeReveal(reveal);
  return secret;
}

async function check(may: Locator, plugin: string, permission: string) {
  await may.getByLabel('Plugin', { exact: true }).selectOption(plugin);
  await may.getByLabel('Permission', { exact: true }).selectOption(permission);
  await may.getByRole('button', { name: 'Check' }).click();
}
