import { AdminPage } from './AdminPage';
import { createKey, revokeAllKeys, tokenOf } from './api';
import { ApiKeysPage } from './ApiKeysPage';
import { curl, runInShell } from './curl';
import { expect, signInAs, test } from './fixtures';
import { lookTag, lookAt, LOOKS } from './looks';

const NAME = 'Departure boards';
const API = 'departures-api';
const SCOPE = 'api:default/departures-api';
/** The rest of the page belongs to the catalog. */
const CARD = 'article:has(a[href*="scope="])';

for (const look of LOOKS) {
  const tag = lookTag(look);

  test(
    `Ada creates a key for an API that grants access to the API and to nothing in Backstage (${look.name})`,
    { tag },
    async ({ openPortal, portal }) => {
      const ada = await signInAs(await openPortal(look), 'Ada');
      const { page } = ada;
      await openApi(ada);
      await expect(page.getByText(SCOPE)).toBeVisible();
      await expect(page.getByText('API keys for this API')).toBeHidden();
      const create = page.getByRole('button', { name: 'Create an API key' });
      await create.scrollIntoViewIfNeeded();
      await lookAt(page, '100-api-access', look, CARD);
      await create.click();

      const form = page.getByRole('dialog', { name: 'Create an API key' });
      const rights = form.getByRole('group', { name: 'What the key may do' });
      const picked = form.getByRole('button', { name: SCOPE });
      await expect(picked).toBeVisible();
      await rights.getByLabel('Nothing in Backstage').check();
      await form.getByRole('checkbox', { name: 'Reports' }).check();
      await expect(rights).toContainText(
        /Nothing in Backstage; outside: .*Reports/,
      );
      await picked.scrollIntoViewIfNeeded();
      await lookAt(page, '101-scopes-choose', look);

      const reveal = await ada.submitCreateDialog(form, {
        name: NAME,
        expiry: '30 days',
      });
      const secret = await ada.secretIn(reveal);
      await lookAt(page, '102-scopes-secret', look);
      await ada.closeReveal(reveal);

      const inside = `${portal.url}/api/catalog/entities?limit=1`;
      const door = `${portal.url}/api/api-keys/v1/verify`;
      expect((await curl(inside, secret)).status).toBe(403);
      expect((await curl(door, secret)).status).toBe(403);
      expect((await curl(`${door}?scope=deploy`, secret)).status).toBe(403);
      const passed = await curl(`${door}?scope=${SCOPE}`, secret);
      expect(passed.status).toBe(204);
      expect(passed.headers.get('x-api-key-subject')).toBe('user:default/ada');
      expect(passed.headers.get('x-api-key-scopes')).toBe(
        `${SCOPE} reports:read`,
      );
      const grace = await tokenOf(portal, 'grace');
      const told = await runInShell(
        `curl -H "Authorization: Bearer ${grace}" --data-urlencode token=${secret} ${portal.url}/api/api-keys/v1/introspect`,
      );
      expect(JSON.parse(told.body)).toMatchObject({
        active: true,
        sub: 'user:default/ada',
        scope: `${SCOPE} reports:read`,
      });

      await expect(ada.row(NAME)).toContainText('Nothing in Backstage');
      await ada.row(NAME).scrollIntoViewIfNeeded();
      await lookAt(page, '103-scopes-list', look);
      await ada.openKey(NAME, secret.slice(-4));
      const may = ada.section('What can this key do?');
      await expect(may).toContainText(SCOPE);
      await may.scrollIntoViewIfNeeded();
      await lookAt(page, '104-scopes-key', look);
      await revokeAllKeys(portal, 'ada');
      expect((await curl(`${door}?scope=${SCOPE}`, secret)).status).toBe(401);
    },
  );

  test(
    `Linus sees who holds keys for his team’s API, and Grace finds them in the inventory (${look.name})`,
    { tag },
    async ({ openPortal, portal }) => {
      const token = await tokenOf(portal, 'ada');
      await createKey(portal, token, { name: NAME, scopes: [SCOPE] });
      await createKey(portal, token, { name: 'Reporting', scopes: ['deploy'] });

      const linus = await signInAs(await openPortal(look), 'Linus');
      await openApi(linus);
      const holders = linus.page.getByRole('list', {
        name: 'API keys for this API',
      });
      await expect(holders).toContainText(NAME);
      await expect(holders).toContainText('Never used');
      await expect(holders).not.toContainText('Reporting');
      await holders.scrollIntoViewIfNeeded();
      await lookAt(linus.page, '105-api-holders', look, CARD);

      const { page } = await signInAs(await openPortal(look), 'Grace');
      const grace = new AdminPage(page);
      await grace.open();
      await page.getByLabel('Scope', { exact: true }).fill(SCOPE);
      await page.getByLabel('Scope', { exact: true }).press('Enter');
      await expect(grace.row('Reporting')).toBeHidden();
      await expect(grace.row(NAME)).toBeVisible();
      await grace.row(NAME).scrollIntoViewIfNeeded();
      await lookAt(page, '106-scopes-inventory', look);
      await revokeAllKeys(portal, 'ada');
    },
  );
}

async function openApi(user: ApiKeysPage): Promise<void> {
  // Signs the user in first, if necessary.
  await user.openFromSidebar();
  const { page } = user;
  await page.goto(`/catalog/default/api/${API}`);
  await expect(page.getByText('Access with an API key')).toBeVisible();
}
