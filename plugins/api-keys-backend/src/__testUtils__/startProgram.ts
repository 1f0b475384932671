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

/** A program in TypeScript that runs in a process of its own. */
export type TestProgram = {
  /** Waits until the program prints what matches, and returns that. */
  printed(pattern: RegExp): Promise<string>;
  /** Waits until the program ends by itself, and returns all that it has printed. */
  ended(): Promise<string>;
  /** Returns what the program has printed up to now. */
  output(): string;
  stop(): Promise<void>;
  /** Ends the program without grace. */
  kill(): Promise<void>;
};

/** Starts a program in a process and a folder of its own. It may import what is installed in this repository. */
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
