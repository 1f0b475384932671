import { Portal } from '../src/Portal';
import { expect, test } from './fixtures';
import { patternOf, walkThrough } from './walkthrough';

const API = '/api/api-keys/v1';
const DAY_MS = 24 * 60 * 60 * 1000;

/** The Backstage token of somebody who has signed in. */
async function tokenOf(portal: Portal, user: string): Promise<string> {
  const response = await fetch(`${portal.url}/api/auth/demo/refresh`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user }),
  });
  const { backstageIdentity } = await response.json();
  return backstageIdentity.token;
}

async function createKey(portal: Portal, token: string) {
  const response = await fetch(`${portal.url}${API}/keys`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({ name: 'From the docs', expiresIn: 'P1D' }),
  });
  expect(response.status).toBe(201);
  return response.json();
}

/** Other stories start with a list of keys that is empty. */
async function revokeKey(portal: Portal, token: string, id: string) {
  const response = await fetch(`${portal.url}${API}/keys/${id}`, {
    method: 'DELETE',
    headers: { Authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(204);
}

test('docs/rotation.md: every command prints what the page says', async ({
  portal,
}) => {
  const { secret } = await createKey(portal, await tokenOf(portal, 'ada'));
  const steps = await walkThrough('rotation.md', {
    BACKSTAGE: portal.url,
    OLD: secret,
  });
  const promises = steps.filter(({ promised }) => promised !== undefined);
  expect(promises).toHaveLength(7);
  for (const { command, printed, promised } of promises) {
    expect(printed.trim(), command).toMatch(patternOf(promised!));
  }
});

test('docs/policies.md: every command is accepted', async ({ portal }) => {
  const TOKEN = await tokenOf(portal, 'grace');
  const { key } = await createKey(portal, TOKEN);
  const UNTIL = new Date(Date.now() + 100 * DAY_MS).toISOString();
  const variables = { BACKSTAGE: portal.url, TOKEN, ID: key.id, UNTIL };
  const [set] = await walkThrough('policies.md', variables, {
    stopOnError: true,
  });
  expect(JSON.parse(set.printed)).toMatchObject({
    owner: 'group:default/contractors',
    effective: { lifetime: { max: 'P30D' }, limits: { keysPerOwner: 5 } },
  });
  await revokeKey(portal, TOKEN, key.id);
});

test('docs/team-keys.md: every command is accepted', async ({ portal }) => {
  const TOKEN = await tokenOf(portal, 'ada');
  const variables = { BACKSTAGE: portal.url, TOKEN };
  const [made] = await walkThrough('team-keys.md', variables, {
    stopOnError: true,
  });
  const { key, secret } = JSON.parse(made.printed);
  expect(key.subject).toBe('group:default/team-a');

  // The key is the team, to the real catalog too.
  const answer = await fetch(`${portal.url}/api/catalog/entities?limit=1`, {
    headers: { Authorization: `Bearer ${secret}` },
  });
  expect(answer.status).toBe(200);
  await revokeKey(portal, TOKEN, key.id);
});
