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
/** Same transform as `backstage-cli package start`. */
const TRANSFORM = [
  '--require',
  require.resolve('@backstage/cli/config/nodeTransform.cjs'),
];

/** TypeScript program in a separate process. */
export type TestProgram = {
  /** Waits until the output matches, and returns the match. */
  printed(pattern: RegExp): Promise<string>;
  /** Waits until the program exits, and returns its output. */
  ended(): Promise<string>;
  /** Returns the output so far. */
  output(): string;
  stop(): Promise<void>;
  /** Kills the program with SIGKILL. */
  kill(): Promise<void>;
};

/**
 * Starts a program in a separate process and a temporary folder. It can import everything that is installed in this
 * repository.
 */
export async function startProgram(
  code: string,
  variables: Record<string, string>,
): Promise<TestProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'api-keys-program-'));
  await symlink(MODULES, join(folder, 'node_modules'));
  await writeFile(join(folder, 'program.ts'), code);
  const program = spawn(process.execPath, [...TRANSFORM, 'program.ts'], {
    cwd: folder,
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  program.stdout.on('data', chunk => chunks.push(chunk));
  const closed = once(program, 'close').finally(() =>
    rm(folder, { recursive: true }),
  );
  const output = () => String(Buffer.concat(chunks));
  const end = async (signal: NodeJS.Signals) => {
    program.kill(signal);
    await closed;
  };
  return {
    output,
    async printed(pattern) {
      for (;;) {
        const [match] = pattern.exec(output()) ?? [];
        if (match !== undefined) return match;
        const ended = closed.then(() => {
          throw new Error(`The program has ended and printed no ${pattern}`);
        });
        await Promise.race([once(program.stdout, 'data'), ended]);
      }
    },
    async ended() {
      await closed;
      return output();
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}
