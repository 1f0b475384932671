import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const PACKAGE = resolvePackagePath('backstage-plugin-api-keys-backend');

/** Reads a document of the repository. */
export function readDocument(path: string): string {
  return readFileSync(join(PACKAGE, '../..', path), 'utf8');
}

/** Returns the paths of all pages in `docs/`. */
export function pagesOfDocs(): string[] {
  return readdirSync(join(PACKAGE, '../../docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`);
}

/** Returns the snippets of a document in some languages, including those in lists. */
export function snippetsOf(document: string, ...languages: string[]): string[] {
  const fence = new RegExp(
    `^( *)\`\`\`(?:${languages.join('|')})\n(.*?)^ *\`\`\`$`,
    'gms',
  );
  return [...document.matchAll(fence)].map(([, indent, text]) =>
    text.replace(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

/**
 * Runs commands in one shell, like a reader who pastes them one after the other, in a temporary folder. Stops at the
 * first command that fails.
 *
 * @returns the output
 */
export async function runCommands(
  commands: readonly string[],
  variables: Record<string, string>,
): Promise<string> {
  const cwd = await mkdtemp(join(tmpdir(), 'api-keys-docs-'));
  try {
    const script = ['set -e', ...commands].join('\n');
    return await run('bash', ['-c', script], { cwd, variables });
  } finally {
    await rm(cwd, { recursive: true });
  }
}

/** Runs a JavaScript module that may import the dependencies of this package. */
export async function runProgram(
  code: string,
  variables: Record<string, string>,
): Promise<string> {
  const cwd = PACKAGE;
  const args = ['--input-type=module', '--eval', code];
  return run(process.execPath, args, { cwd, variables });
}

async function run(
  command: string,
  args: string[],
  { cwd, variables }: { cwd: string; variables: Record<string, string> },
): Promise<string> {
  const env = { ...process.env, ...variables };
  const { stdout } = await promisify(execFile)(command, args, { cwd, env });
  return stdout.replaceAll('\r', '');
}

/** Returns a pattern for the output that a document promises: `…` stands for any text. */
export function patternOf(promised: string): RegExp {
  const parts = promised
    .split('…')
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
