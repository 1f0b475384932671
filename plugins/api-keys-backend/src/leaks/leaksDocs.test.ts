import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { parse } from 'yaml';
import { startTestPortal } from '../__testUtils__/startTestPortal';
import { readApiKeysConfig } from '../config';

const page = readFileSync(
  join(
    resolvePackagePath('backstage-plugin-api-keys-backend'),
    '../../docs/secret-scanning.md',
  ),
  'utf8',
);

/** The code block of the page in a language that contains a text. */
function block(language: string, words: string): string {
  const blocks = page.matchAll(
    new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'),
  );
  const [found] = [...blocks].filter(([, text]) => text.includes(words));
  return found[1];
}

describe('leak reports in docs/secret-scanning.md', () => {
  it('have a configuration that works', () => {
    const { apiKeys } = parse(
      block('yaml', 'leaks:').replace(/\$\{\w+\}/, 'x'.repeat(32)),
    );
    const { leaks } = readApiKeysConfig(new ConfigReader({ apiKeys }));
    expect(leaks).toMatchObject({
      action: 'revoke',
      secrets: ['x'.repeat(32)],
    });
    expect(leaks?.github?.url).toMatch(/^https:\/\/api\.github\.com\//);
  });

  it('have a command that sends the findings of gitleaks', async () => {
    // The format of `openssl rand -hex 32`.
    const shared = randomBytes(32).toString('hex');
    const portal = await startTestPortal({
      apiKeys: { leaks: { generic: { secrets: [shared] } } },
    });
    const folder = mkdtempSync(join(tmpdir(), 'api-keys-leaks-'));
    try {
      const { key, secret } = await portal.createKey('ada');
      const link = 'https://github.com/acme/app/blob/0a1b2c/.env#L3';
      const found = (Secret: string, more = {}) => ({
        RuleID: 'backstage-api-key',
        Description: 'API key for Backstage, “über”',
        StartLine: 3,
        File: '.env',
        Match: `TOKEN=${Secret}`,
        Secret,
        ...more,
      });
      const report = [
        found(secret, { Link: link }),
        found(generateSecret('bsk')),
      ];
      writeFileSync(join(folder, 'gitleaks.json'), JSON.stringify(report));

      const { stdout } = await promisify(execFile)(
        'bash',
        ['-e', '-o', 'pipefail', '-c', block('shell', 'gitleaks.json')],
        {
          cwd: folder,
          env: {
            ...process.env,
            BACKSTAGE: portal.url,
            LEAKS_SECRET: shared,
          },
        },
      );

      const labels = JSON.parse(stdout);
      expect(labels.map(({ label }: { label: string }) => label)).toEqual([
        'true_positive',
        'false_positive',
      ]);
      expect(await readdir(folder)).toEqual(['gitleaks.json']);
      await portal.call('get', '/api/probe/whoami', secret).expect(401);
      const { body: events } = await portal.call(
        'get',
        `/api/api-keys/v1/keys/${key.id}/events`,
        await portal.signIn('ada'),
      );
      expect(events.items).toContainEqual(
        expect.objectContaining({
          type: 'revoked',
          details: expect.objectContaining({ url: link, source: 'commit' }),
        }),
      );
    } finally {
      rmSync(folder, { recursive: true });
      await portal.stop();
    }
  });
});
