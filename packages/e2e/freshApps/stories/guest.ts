import type { Page } from '@playwright/test';
import { expect } from '../../tests/browser';

/** Signs in on the page; some templates ask for it first. */
export async function signInAsGuest(page: Page): Promise<void> {
  const enter = page.getByRole('button', { name: 'Enter' });
  const inside = page.getByRole('link', { name: 'My API Keys' });
  await expect(enter.or(inside).first()).toBeVisible({ timeout: 60_000 });
  if (await enter.isVisible()) await enter.click();
}

/** Calls the API of the plugin as the guest, and returns the body. */
export async function asGuest(
  backendUrl: string,
  path: string,
  init: { method?: string; body?: object } = {},
) {
  const session = await fetch(`${backendUrl}/api/auth/guest/refresh`, {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  const { backstageIdentity } = await session.json();
  const answer = await fetch(`${backendUrl}/api/api-keys/v1${path}`, {
    method: init.method,
    body: JSON.stringify(init.body),
    headers: {
      Authorization: `Bearer ${backstageIdentity.token}`,
      'Content-Type': 'application/json',
    },
  });
  expect(answer.ok, `${answer.status} ${path}`).toBe(true);
  return answer.status === 204 ? undefined : answer.json();
}
