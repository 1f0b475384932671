import { ApiKeysPage } from '../../tests/ApiKeysPage';
import { expect } from '../../tests/browser';
import { curl, runInShell } from '../../tests/curl';
import { signInAsGuest } from './guest';
import type { Story } from './Story';

const NAME = 'First key';

/** Creates a key, uses it, checks that the page shows the use, and revokes it. */
export const firstKey: Story = async ({ page, portal, look }) => {
  await page.goto(portal.url);
  await signInAsGuest(page);
  const keys = new ApiKeysPage(page);
  await keys.openFromSidebar();
  await look('page');

  const reveal = await keys.submitCreateDialog(await keys.openCreateDialog(), {
    name: NAME,
    expiry: '30 days',
  });
  await look('secret');
  const secret = await keys.secretIn(reveal);
  const command = reveal.getByRole('textbox', { name: 'curl' });
  const pasted = await runInShell(await command.inputValue());
  expect(pasted.status).toBe(200);
  expect(JSON.parse(pasted.body)).not.toHaveLength(0);
  await keys.closeReveal(reveal);
  await expect(keys.lastUsed(NAME)).toContainText(/just now|seconds? ago/, {
    timeout: 30_000,
  });
  await look('used');

  await keys.confirmRevocation(await keys.openRevokeDialog(NAME));
  const refused = await curl(
    `${portal.backendUrl}/api/catalog/entities`,
    secret,
  );
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toContain('revoked');
};
