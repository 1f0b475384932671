import { Page } from '@playwright/test';
import { join } from 'node:path';
import { CONNECTION_STRING_VARIABLE } from '../../../scripts/postgres.mjs';
import { seconds } from '../../../scripts/processes.mjs';
import { createDatabases, type DatabaseServer } from '../src/databases';
import { packageDir } from '../src/paths.mjs';
import { StrangerPortal } from '../src/stranger/StrangerPortal';
import { ApiKeysPage } from '../tests/ApiKeysPage';
import { curl, runInShell } from '../tests/curl';
import { expect, test } from '../tests/browser';

const NAME = 'First key';
// What src/strangers.mjs has made.
const folder = process.env.API_KEYS_STRANGERS ?? '';
const names = process.env.API_KEYS_STRANGER_TEMPLATES?.split(',') ?? [];
const connectionString = process.env[CONNECTION_STRING_VARIABLE];

const servers: DatabaseServer[] = [
  { client: 'better-sqlite3' },
  ...(connectionString ? [{ client: 'pg' as const, connectionString }] : []),
];

for (const name of names) {
  for (const server of servers) {
    test(`somebody makes a first key in an app of the template ${name}, on ${server.client}`, async ({
      page,
    }) => {
      const start = Date.now();
      const databases = await createDatabases(server);
      const portal = await StrangerPortal.create(join(folder, name), databases);
      try {
        await portal.start();
        const startTook = seconds(start);
        const started = Date.now();
        await makeUseAndRevoke(page, portal, `${name}-${server.client}`);
        console.log(
          `${name}, ${server.client}: started in ${startTook}, ` +
            `first key made, used and revoked in ${seconds(started)}`,
        );
        await expectRestrictionsToHold(portal.backendUrl);
        expect(await portal.log()).toContain('API keys are on');
      } finally {
        await portal.stop();
        await databases.remove();
      }
    });
  }
}

async function makeUseAndRevoke(
  page: Page,
  portal: StrangerPortal,
  picture: string,
): Promise<void> {
  const look = (what: string) =>
    page.screenshot({
      path: join(packageDir, 'screenshots/stranger', `${picture}-${what}.png`),
    });
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
}

/** What of a key is enforced in Backstage's own services, of whatever release they are. */
async function expectRestrictionsToHold(backendUrl: string): Promise<void> {
  const guest = await fetch(`${backendUrl}/api/auth/guest/refresh`, {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  const { backstageIdentity } = await guest.json();
  const made = await fetch(`${backendUrl}/api/api-keys/v1/keys`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${backstageIdentity.token}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({
      name: 'Reads the catalog',
      accessRestrictions: [
        { plugin: 'catalog', permissionAttribute: { action: ['read'] } },
      ],
    }),
  });
  const { secret } = await made.json();
  const answers = await Promise.all([
    curl(`${backendUrl}/api/catalog/entities?limit=1`, secret),
    curl(`${backendUrl}/api/notifications/notifications`, secret),
    runInShell(
      `curl -H "Authorization: Bearer ${secret}" -H "Content-Type: application/json" ` +
        `-d '{"type":"url","target":"https://example.com/catalog-info.yaml"}' ${backendUrl}/api/catalog/locations`,
    ),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 403, 403]);
}

/** Some templates ask first. */
async function signInAsGuest(page: Page): Promise<void> {
  const enter = page.getByRole('button', { name: 'Enter' });
  const inside = page.getByRole('link', { name: 'My API Keys' });
  await expect(enter.or(inside).first()).toBeVisible({ timeout: 60_000 });
  if (await enter.isVisible()) await enter.click();
}
