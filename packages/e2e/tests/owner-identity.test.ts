import { Portal } from '../src/Portal';
import type { PortalDatabases } from '../src/databases';
import { AdminPage } from './AdminPage';
import { createKey, revokeAllKeys, tokenOf } from './api';
import { curl } from './curl';
import { expect, signInAs, test } from './fixtures';
import { lookAt, LOOKS, lookTag } from './looks';

const LINUS = 'user:default/linus';

test.afterEach(({ portal }) => revokeAllKeys(portal, 'linus'));

const statusOf = async (portal: Portal, secret: string) =>
  (await curl(`${portal.url}/api/catalog/entities?limit=1`, secret)).status;

/** Simulates an absence: an owner has to be away for an hour, and the demo's catalog is static. */
async function createKeyBeforeLeaving(
  portal: Portal,
  databases: PortalDatabases,
): Promise<string> {
  const token = await tokenOf(portal, 'linus');
  const { secret } = await createKey(portal, token, {
    name: 'Before the leave',
  });
  await databases.execute(
    'api-keys',
    `UPDATE api_key_owners SET unconfirmed_since = ${Date.now()} WHERE owner = '${LINUS}'`,
  );
  return secret;
}

for (const look of LOOKS) {
  const tag = lookTag(look);

  test(
    `Linus, who came back to the catalog, confirms that the keys are his (${look.name})`,
    { tag },
    async ({ openPortal, portal, databases }) => {
      const secret = await createKeyBeforeLeaving(portal, databases);
      const linus = await signInAs(await openPortal(look), 'Linus');
      const { page } = linus;
      await linus.openFromSidebar();
      const question = page.getByRole('alert').filter({ hasText: 'refused' });
      await expect(question).toContainText('1 API key of user:default/linus');
      await lookAt(page, '93-owner-unconfirmed', look);
      expect(await statusOf(portal, secret)).toBe(401);

      await question.getByRole('button', { name: 'Answer…' }).click();
      await lookAt(page, '94-confirm-owner', look);
      await page
        .getByRole('dialog')
        .getByRole('button', { name: 'The same, let them work' })
        .click();
      await expect(page.getByRole('dialog')).toBeHidden();
      await expect(question).toBeHidden();
      expect(await statusOf(portal, secret)).toBe(200);
    },
  );

  test(
    `Grace confirms that the name of an owner now belongs to somebody else (${look.name})`,
    { tag },
    async ({ openPortal, portal, databases }) => {
      const secret = await createKeyBeforeLeaving(portal, databases);
      const { page } = await signInAs(await openPortal(look), 'Grace');
      const grace = new AdminPage(page);
      await grace.open();
      await grace.openAttention();
      const concern = grace.concern('Owner to be confirmed');
      await expect(concern).toContainText('Before the leave');
      await concern.scrollIntoViewIfNeeded();
      await lookAt(page, '95-owner-to-be-confirmed', look);

      await concern.getByRole('button', { name: /linus/ }).first().click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: 'Somebody else, revoke them' })
        .click();
      await expect(concern).toContainText('None');
      const { status, body } = await curl(
        `${portal.url}/api/catalog/entities?limit=1`,
        secret,
      );
      expect(status).toBe(401);
      expect(body).toContain('was revoked on');
    },
  );
}
