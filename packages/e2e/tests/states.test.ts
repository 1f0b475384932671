import { Page, Route } from '@playwright/test';
import { expect, signInAs, test } from './fixtures';
import { EVERY_LOOK, lookTag, lookAt } from './looks';

const API = '**/api/api-keys/v1';

const refuse =
  (status: number, name: string, message: string) => (route: Route) =>
    route.fulfill({
      status,
      json: { error: { name, message }, response: { statusCode: status } },
    });
const away = refuse(503, 'ServiceUnavailableError', 'The database is away');
const forbidden = refuse(
  403,
  'NotAllowedError',
  'The permission policy of this portal does not allow you api-keys.key.read',
);
/** Never answers. */
const hang = () => {};

type State = {
  name: string;
  path: string;
  user: 'Ada' | 'Grace';
  /** Responses of the backend, by path of its API. */
  answers: Record<string, (route: Route) => unknown>;
  /** Expected content of the page. */
  shows: (page: Page) => ReturnType<Page['getByText']>;
};

/** Empty, loading and error states. */
const STATES: State[] = [
  {
    name: 'no-keys',
    path: '/api-keys',
    user: 'Ada',
    answers: {},
    shows: page => page.getByText('You have no working API keys'),
  },
  {
    name: 'keys-loading',
    path: '/api-keys',
    user: 'Ada',
    answers: { 'keys?*': hang },
    shows: page => page.getByRole('status', { name: 'Loading your API keys' }),
  },
  {
    name: 'keys-failed',
    path: '/api-keys',
    user: 'Ada',
    answers: { 'keys?*': away },
    shows: page => page.getByText('The database is away'),
  },
  {
    name: 'keys-forbidden',
    path: '/api-keys',
    user: 'Ada',
    answers: { 'keys?*': forbidden },
    shows: page => page.getByText('You are not permitted to see API keys'),
  },
  {
    name: 'no-such-key',
    path: '/api-keys/00000000-0000-4000-8000-000000000000',
    user: 'Ada',
    answers: {},
    shows: page => page.getByText(/no such key/i),
  },
  {
    name: 'admin-loading',
    path: '/api-keys-admin',
    user: 'Grace',
    answers: { 'admin/summary': hang },
    shows: page =>
      page.getByRole('status', { name: 'Loading everybody’s API keys' }),
  },
  {
    name: 'admin-failed',
    path: '/api-keys-admin',
    user: 'Grace',
    answers: { 'admin/summary': away },
    shows: page => page.getByText('The database is away'),
  },
  {
    name: 'inventory-failed',
    path: '/api-keys-admin',
    user: 'Grace',
    answers: { 'admin/keys?*': away },
    shows: page => page.getByText('The database is away'),
  },
  {
    name: 'inventory-no-match',
    path: '/api-keys-admin?q=no+such+key',
    user: 'Grace',
    answers: {},
    shows: page => page.getByText('No key matches'),
  },
];

for (const look of EVERY_LOOK) {
  const tag = lookTag(look);
  test(
    `pages explain each state (${look.name})`,
    { tag },
    async ({ openPortal }) => {
      for (const user of ['Ada', 'Grace'] as const) {
        const { page } = await signInAs(await openPortal(look), user);
        await expect(page.getByText('My API Keys').first()).toBeAttached();
        for (const state of STATES.filter(each => each.user === user)) {
          for (const [path, answer] of Object.entries(state.answers)) {
            await page.route(`${API}/${path}`, answer);
          }
          await page.goto(state.path);
          await expect(state.shows(page).first(), state.name).toBeVisible();
          await lookAt(page, `95-${state.name}`, look);
          await page.unrouteAll({ behavior: 'ignoreErrors' });
        }
      }
    },
  );
}
