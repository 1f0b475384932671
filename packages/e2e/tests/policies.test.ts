import { AdminPage } from './AdminPage';
import { createKey, revokeKey, tokenOf } from './api';
import { expect, signInAs, test } from './fixtures';
import { lookTag, lookAt, LOOKS } from './looks';

const TEAM = 'group:default/team-b';

for (const look of LOOKS) {
  const tag = lookTag(look);

  test(
    `Grace sets a policy for a team and sees which members it applies to (${look.name})`,
    { tag },
    async ({ openPortal, portal }) => {
      // The backend learns which team Linus is in when he creates a key.
      const linus = await tokenOf(portal, 'linus');
      const { key } = await createKey(portal, linus, { name: 'Berth plan' });

      const { page } = await signInAs(await openPortal(look), 'Grace');
      const grace = new AdminPage(page);
      await grace.open();
      await grace.openPolicies();
      const lookup = await grace.lookUpPolicy('linus');
      await expect(lookup).toContainText(
        'Longest lifetime365 days, configured',
      );
      await lookAt(page, '30-policies', look);

      await page.getByRole('button', { name: 'Set a policy…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Set a policy' });
      await dialog.getByRole('button', { name: 'Save' }).click();
      await expect(
        dialog.getByText('Pick the user or the group.'),
      ).toBeVisible();
      await lookAt(page, '31-policy-missing', look);
      await dialog.getByLabel('User or group').fill('fleet');
      await dialog
        .page()
        .getByRole('option', { name: /Team B/ })
        .click();
      await expect(dialog.getByLabel('User or group')).toHaveValue(TEAM);
      await dialog
        .getByLabel('Longest lifetime')
        .selectOption('A number of days');
      await dialog.getByLabel('Days').fill('30');
      await dialog
        .getByLabel('Keys at a time')
        .selectOption('A number of keys');
      await dialog.getByLabel('Keys', { exact: true }).fill('five');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await expect(
        dialog.getByText('Enter a whole number of keys'),
      ).toBeVisible();
      await lookAt(page, '31b-policy-wrong', look);
      await dialog.getByLabel('Keys', { exact: true }).fill('5');
      await lookAt(page, '32-policy-set', look);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await expect(dialog).toBeHidden();
      // Moves the pointer off the place of the button, where an element with a tooltip may be now.
      await page.mouse.move(0, 0);

      await expect(grace.row(TEAM)).toContainText(
        'Lives 30 days at most · 5 keys at most',
      );
      await expect(lookup).toContainText(
        `Longest lifetime30 days, from ${TEAM}`,
      );
      await expect(lookup).toContainText(
        `Default lifetime30 days, from ${TEAM}`,
      );
      await expect(lookup).toContainText(
        `Groups of the user, as of the last time that a key was made or exchanged: ${TEAM}.`,
      );
      await lookAt(page, '33-policy-explained', look);
      await grace.policies().scrollIntoViewIfNeeded();
      await lookAt(page, '34-policy-list', look);

      // The address holds the owner that was looked up.
      await page.reload();
      await expect(lookup).toContainText(`30 days, from ${TEAM}`);
      await grace.lookUpPolicy('priya');
      const unknown = lookup.getByText('No key of this user was made yet');
      await unknown.scrollIntoViewIfNeeded();
      await lookAt(page, '35-policy-unknown-groups', look);

      await page
        .getByRole('button', { name: `Remove the policy of ${TEAM}` })
        .click();
      const removal = page.getByRole('dialog');
      await lookAt(page, '36-policy-remove', look);
      await removal.getByRole('button', { name: 'Remove policy' }).click();
      await expect(removal).toBeHidden();
      await expect(grace.row(TEAM)).toBeHidden();
      await grace.lookUpPolicy('linus');
      await expect(lookup).toContainText(
        'Longest lifetime365 days, configured',
      );
      await grace.policies().scrollIntoViewIfNeeded();
      await lookAt(page, '37-policy-removed', look);
      await revokeKey(portal, linus, key.id);
    },
  );
}
