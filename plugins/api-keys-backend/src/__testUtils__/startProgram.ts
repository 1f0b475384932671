import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const MODULES = join(
  resolvePackagePath('backstage-plugin-api-keys-backend'),
  '../../node_modules',
);
/** As `backstage-cli package start` has it. */
const TRANSFORM = [
  '--require',
  require.resolve('@backstage/cli/config/nodeTransform.cjs'),
];

/**
 * Starts a program in TypeScript, in a process and a folder of its own. It may import what is installed in this repository.
 *
 * @returns `ended` tells what it has printed, once it has ended by itself
 */
export async function startProgram(
  code: string,
  variables: Record<string, string>,
) {
  const folder = await mkdtemp(join(tmpdir(), 'api-keys-program-'));
  await symlink(MODULES, join(folder, 'node_modules'));
  await writeFile(join(folder, 'program.ts'), code);
  const program = spawn(process.execPath, [...TRANSFORM, 'program.ts'], {
    cwd: folder,
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(program, 'exit').finally(() =>
    rm(folder, { recursive: true }),
  );
  return {
    async ended(): Promise<string> {
      const [printed] = await Promise.all([program.stdout.toArray(), exited]);
      return printed.join('');
    },
    async stop(): Promise<void> {
      program.kill();
      await exited;
    },
  };
}
