import { createKey, revokeKey, tokenOf } from './api';
import { expect, test } from './fixtures';
import { patternOf, walkThrough } from './walkthrough';

const DAY_MS = 24 * 60 * 60 * 1000;
const NEW_KEY = { name: 'From the docs', expiresIn: 'P1D' };

test('docs/rotation.md: every command prints what the page says', async ({
  portal,
}) => {
  const { secret } = await createKey(
    portal,
    await tokenOf(portal, 'ada'),
    // A rotated key gets no longer lifetime than this by default.
    { ...NEW_KEY, expiresIn: 'P90D' },
  );
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
  const { key } = await createKey(portal, TOKEN, NEW_KEY);
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

  // The key acts as the team in the real catalog, too.
  const answer = await fetch(`${portal.url}/api/catalog/entities?limit=1`, {
    headers: { Authorization: `Bearer ${secret}` },
  });
  expect(answer.status).toBe(200);
  await revokeKey(portal, TOKEN, key.id);
});
