import { Locator } from '@playwright/test';
import { Portal } from '../src/Portal';
import { revokeKey, tokenOf } from './api';
import { runInShell } from './curl';
import { expect, signInAs, test } from './fixtures';
import { lookTag, lookAt, LOOKS } from './looks';

const NAME = 'Berth display';
const TEAM = 'Team A · Bookings';

/** Expected content of each tab, and whether it includes the secret. */
const SNIPPETS = [
  ['curl', /^curl -H "Authorization: Bearer bsk_/],
  ['Environment variable', /^export BACKSTAGE_TOKEN='bsk_/],
  ['GitHub Actions', /\$\{\{ secrets\.BACKSTAGE_TOKEN \}\}/],
  ['GitLab CI', /Bearer \$BACKSTAGE_TOKEN/],
  ['MCP client', /\/api\/mcp-actions\/v1"/],
  ['JavaScript', /process\.env\.BACKSTAGE_TOKEN/],
] as const;

for (const look of LOOKS) {
  const tag = lookTag(look);
  test(
    `Ada creates a key for her team, uses it and copies it (${look.name})`,
    { tag },
    async ({ openPortal, portal }) => {
      const ada = await signInAs(await openPortal(look), 'Ada');
      const { page } = ada;
      await ada.openFromSidebar();
      const form = await ada.openCreateDialog();
      await lookAt(page, '60-create', look);
      await form.getByLabel('Acts as').selectOption({ label: TEAM });
      await form
        .getByLabel('Goes inactive if nobody uses it for')
        .selectOption({ label: '7 days' });
      await form.getByLabel('Expiry').selectOption({ label: 'Pick a date' });
      await expect(form.getByText(/^The key works until/)).toContainText(
        `acts as ${TEAM} and can do what the team can do`,
      );
      await form.getByText(/^The key works until/).scrollIntoViewIfNeeded();
      await lookAt(page, '61-create-team', look);

      const reveal = await ada.submitCreateDialog(form, {
        name: NAME,
        expiry: '30 days',
      });
      await lookAt(page, '62-reveal', look);
      const commands = await snippetsIn(reveal, async label =>
        lookAt(page, `63-snippet-${label.toLowerCase().split(' ')[0]}`, look),
      );
      await ada.closeReveal(reveal);

      const answer = await runInShell(commands.get('curl')!);
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.body)).toHaveLength(5);

      const token = await tokenOf(portal, 'ada');
      const [{ id }] = await keysOf(portal, token);
      await page.goto(`/api-keys?from=${id}`);
      const copy = page.getByRole('dialog', {
        name: `Create a copy of “${NAME}”`,
      });
      await expect(copy.getByLabel('Acts as')).toHaveValue(
        'group:default/team-a',
      );
      await expect(copy.getByLabel('Expiry')).toHaveValue('30');
      await expect(
        copy.getByLabel('Goes inactive if nobody uses it for'),
      ).toHaveValue('P7D');
      await lookAt(page, '64-copy', look);
      await copy.getByLabel('Name').fill(`${NAME} 2`);
      await copy.getByRole('button', { name: 'Create key' }).click();
      await ada.closeReveal(
        page.getByRole('dialog', {
          name: `Store the secret of “${NAME} 2” now`,
        }),
      );
      await expect(page).toHaveURL(/\/api-keys$/);
      await expect(ada.row(`${NAME} 2`)).toContainText('Active');

      await page.goto('/api-keys?from=00000000-0000-4000-8000-000000000000');
      await expect(
        page.getByText(/is not there, or not yours to see/),
      ).toBeVisible();
      await lookAt(page, '65-copy-of-nothing', look);

      for (const key of await keysOf(portal, token)) {
        await revokeKey(portal, token, key.id);
      }
    },
  );
}

/** Opens each tab and returns its content. */
async function snippetsIn(
  reveal: Locator,
  look: (label: string) => Promise<void>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const [label, expected] of SNIPPETS) {
    await reveal.getByRole('tab', { name: label }).click();
    const text = await reveal
      .getByRole('textbox', { name: label })
      .inputValue();
    expect(text).toMatch(expected);
    await look(label);
    found.set(label, text);
  }
  return found;
}

async function keysOf(
  portal: Portal,
  token: string,
): Promise<{ id: string }[]> {
  const url = `${portal.url}/api/api-keys/v1/keys?status=active`;
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch(url, { headers });
  return (await response.json()).items;
}
