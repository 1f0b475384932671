import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { curl } from './curl';
import { createKey, revokeAllKeys, revokeKey, tokenOf } from './api';
import { expect, signInAs, test } from './fixtures';
import { lookTag, lookAt, LOOKS } from './looks';

test.afterEach(({ portal }) => revokeAllKeys(portal, 'ada'));

test('users see only their own keys', async ({ signIn }) => {
  const ada = await signIn('Ada');
  await ada.openFromSidebar();
  await ada.createKey('Only mine');
  await expect(ada.row('Only mine')).toBeVisible();

  const linus = await signIn('Linus');
  await linus.openFromSidebar();
  await expect(
    linus.page.getByText('You have no working API keys'),
  ).toBeVisible();
  await linus.page.getByLabel('Show').selectOption({ label: 'All keys' });
  await expect(linus.page.getByText('No key matches')).toBeVisible();
});

test('a key outlives a reload of the page and a restart of the portal', async ({
  portal,
  signIn,
}) => {
  const ada = await signIn('Ada');
  await ada.openFromSidebar();
  const secret = await ada.createKey('Still here');

  await ada.page.reload();
  await expect(ada.row('Still here')).toContainText('Active');

  await portal.stop();
  await portal.start();
  const answer = await curl(`${portal.url}/api/catalog/entities`, secret);
  expect(answer.status).toBe(200);
});

test('a secret is neither logged nor stored', async ({
  databases,
  portal,
  signIn,
}) => {
  const ada = await signIn('Ada');
  await ada.openFromSidebar();
  const secret = await ada.createKey('Kept to myself');
  await curl(`${portal.url}/api/catalog/entities`, secret);
  await curl(`${portal.url}/api/catalog/nowhere`, secret);

  // Stopping flushes data that is still in memory.
  await portal.stop();
  const written = [await readFile(portal.logFile, 'latin1')];
  if (databases.folder) {
    for (const file of await readdir(databases.folder)) {
      written.push(await readFile(join(databases.folder, file), 'latin1'));
    }
  }
  await portal.start();

  for (const text of written) expect(text).not.toContain(secret);
});

for (const look of LOOKS) {
  const tag = lookTag(look);
  const name = `a key of Ada’s team is listed with her own, and marked as the team’s (${look.name})`;
  test(name, { tag }, async ({ openPortal, portal }) => {
    const token = await tokenOf(portal, 'ada');
    const owner = 'group:default/team-a';
    const { key } = await createKey(portal, token, { name: 'Deploy', owner });
    const ada = await signInAs(await openPortal(look), 'Ada');
    await ada.openFromSidebar();
    await expect(ada.row('Deploy')).toContainText(`Acts as ${owner}`);
    await lookAt(ada.page, '09-team-key', look);
    await revokeKey(portal, token, key.id);
  });
}
