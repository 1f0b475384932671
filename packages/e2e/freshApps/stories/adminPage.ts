import { AdminPage } from '../../tests/AdminPage';
import { expect } from '../../tests/browser';
import { asGuest, signInAsGuest } from './guest';
import type { Story } from './Story';

const NAME = 'Seen by admins';

/** A user with the admin permissions sees everybody's keys. */
export const adminPage: Story = async ({ page, portal, look }) => {
  await asGuest(portal.backendUrl, '/keys', {
    method: 'POST',
    body: { name: NAME },
  });
  await page.goto(portal.url);
  await signInAsGuest(page);
  const admin = new AdminPage(page);
  await admin.open();
  await expect(admin.row(NAME)).toContainText(/guest/i);
  await look('admin');
};
