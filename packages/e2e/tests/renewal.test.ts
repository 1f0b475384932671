import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKey, tokenOf } from './api';
import { curl } from './curl';
import { expect, test } from './fixtures';
import { fileOf } from './walkthrough';

/** Scripts cut off after each of their lines. */
function beginningsOf(script: string): string[] {
  const lines = script.trim().split('\n');
  return lines
    .map((_, i) => lines.slice(0, i + 1).join('\n'))
    .filter((_, i) => /^[^#]/.test(lines[i]));
}

test('docs/rotation.md: a job that was interrupted after any line continues with the next run', async ({
  portal,
}) => {
  const self = `${portal.url}/api/api-keys/v1/self`;
  const token = await tokenOf(portal, 'ada');
  const script = await fileOf('rotation.md', 'renew.sh');
  const folder = await mkdtemp(join(tmpdir(), 'api-keys-renewal-'));
  const store = join(folder, 'secret');

  const run = (commands: string, ...args: string[]) =>
    spawnSync('sh', ['-c', commands, 'renew.sh', ...args], {
      cwd: folder,
      env: { ...process.env, BACKSTAGE: portal.url },
      encoding: 'utf8',
    });
  const look = async (secret: string) => {
    const { status, body } = await curl(self, secret);
    return { status, key: JSON.parse(body) };
  };

  let retiring = 0;
  for (const beginning of beginningsOf(script)) {
    const { secret } = await createKey(portal, token, { name: 'Renewed' });
    await writeFile(store, secret);
    expect(run(beginning, 'now'), beginning).toMatchObject({ status: 0 });

    // Does not present the new key: that would count as its first use.
    const stillOld = (await readFile(store, 'utf8')) === secret;
    const begun = stillOld && (await look(secret)).key.status === 'retiring';
    if (begun) retiring++;

    expect(run(script), beginning).toMatchObject({ status: 0, stderr: '' });
    const kept = await readFile(store, 'utf8');
    const newest = { status: 'active', successorId: null };
    expect(await look(kept), beginning).toMatchObject({
      status: 200,
      key: newest,
    });
    const replaced = kept !== secret;
    expect(replaced, beginning).toBe(begun || !stillOld);
    if (replaced) expect((await look(secret)).status, beginning).toBe(401);

    await curl(`-X DELETE ${self}`, kept);
  }
  // Some runs were interrupted after the rotation: there is a new secret that the secret store does not have.
  expect(retiring).toBeGreaterThan(0);
});
