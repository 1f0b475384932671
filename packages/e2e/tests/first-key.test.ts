import { Locator } from '@playwright/test';
import { ApiKeysPage } from './ApiKeysPage';
import { curl, runInShell } from './curl';
import { expect, signInAs, test } from './fixtures';
import { EVERY_LOOK, lookTag, lookAt } from './looks';

const NAME = 'Nightly build';
const SECRET = /^bsk_[0-9A-Za-z]{49}$/;
const LAST_USED_WITHIN_MS = 15_000;

for (const look of EVERY_LOOK) {
  const name = `Ada creates her first key, uses it and revokes it (${look.name})`;
  const tag = lookTag(look);
  test(name, { tag }, async ({ openPortal, portal }) => {
    const page = await openPortal(look);
    await expect(page.getByRole('button', { name: /^Ada/ })).toBeVisible();
    await lookAt(page, '01-sign-in', look);

    const ada = await signInAs(page, 'Ada');
    await ada.openFromSidebar();
    await expect(page.getByText('You have no working API keys')).toBeVisible();
    await lookAt(page, '02-no-keys', look);

    const form = await ada.openCreateDialog();
    await lookAt(page, '03-create', look);
    const reveal = await ada.submitCreateDialog(form, {
      name: NAME,
      expiry: '30 days',
    });
    const { secret, command } = await readReveal(ada, reveal);
    await lookAt(page, '04-secret', look);

    await ada.closeReveal(reveal);
    expect(await page.content()).not.toContain(secret);
    const row = ada.row(NAME);
    for (const text of ['Active', 'in 30 days', 'Never used']) {
      await expect(row).toContainText(text);
    }
    await lookAt(page, '05-key', look);

    await useKey(portal.url, secret, command);
    // Without a reload.
    await expect(ada.lastUsed(NAME)).toContainText(/just now|seconds? ago/, {
      timeout: LAST_USED_WITHIN_MS,
    });
    await lookAt(page, '06-used', look);

    const confirm = await ada.openRevokeDialog(NAME);
    await lookAt(page, '07-revoke', look);
    await ada.confirmRevocation(confirm);
    await expect(page.getByText(`“${NAME}” is revoked`)).toBeVisible();
    await expect(row).toBeHidden();
    await lookAt(page, '08-revoked', look);

    await expectRefused(portal.url, secret);
  });
}

async function readReveal(ada: ApiKeysPage, reveal: Locator) {
  for (const name of ['Copy secret', 'Copy snippet']) {
    await expect(reveal.getByRole('button', { name })).toBeVisible();
  }
  const secret = await ada.secretIn(reveal);
  expect(secret).toMatch(SECRET);
  const command = reveal.getByRole('textbox', { name: 'curl' });
  return { secret, command: await command.inputValue() };
}

/** Runs the command of the dialog in a shell, and asks the API for the identity of the key. */
async function useKey(portalUrl: string, secret: string, command: string) {
  const pasted = await runInShell(command);
  expect(pasted.status).toBe(200);
  expect(JSON.parse(pasted.body)).not.toHaveLength(0);

  const listed = await curl(
    `${portalUrl}/api/api-keys/v1/keys?status=active`,
    secret,
  );
  expect(listed.status).toBe(200);
  expect(JSON.parse(listed.body).items).toEqual([
    expect.objectContaining({
      name: NAME,
      owner: 'user:default/ada',
      status: 'active',
      hint: secret.slice(-4),
    }),
  ]);
}

async function expectRefused(portalUrl: string, secret: string) {
  const refused = await curl(`${portalUrl}/api/catalog/entities`, secret);
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toMatch(
    /^Bearer realm="backstage", error="invalid_token", error_description="[^"]*revoked/,
  );
}
