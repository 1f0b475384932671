import { expect } from '../../tests/browser';
import { curl, runInShell } from '../../tests/curl';
import { asGuest } from './guest';
import type { Story } from './Story';

/** Restrictions are enforced in the Backstage services of every supported release. */
export const restrictedKey: Story = async ({ portal: { backendUrl } }) => {
  const { secret } = await asGuest(backendUrl, '/keys', {
    method: 'POST',
    body: {
      name: 'Reads the catalog',
      accessRestrictions: [
        { plugin: 'catalog', permissionAttribute: { action: ['read'] } },
      ],
    },
  });
  const answers = await Promise.all([
    curl(`${backendUrl}/api/catalog/entities?limit=1`, secret),
    curl(`${backendUrl}/api/notifications/notifications`, secret),
    runInShell(
      `curl -H "Authorization: Bearer ${secret}" -H "Content-Type: application/json" ` +
        `-d '{"type":"url","target":"https://example.com/catalog-info.yaml"}' ${backendUrl}/api/catalog/locations`,
    ),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 403, 403]);
};
