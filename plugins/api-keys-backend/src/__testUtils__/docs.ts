import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const PACKAGE = resolvePackagePath('backstage-plugin-api-keys-backend');

/** A document of the repository, by its path. */
export function readDocument(path: string): string {
  return readFileSync(join(PACKAGE, '../..', path), 'utf8');
}

/** The paths of all pages of `docs/`. */
export function pagesOfDocs(): string[] {
  return readdirSync(join(PACKAGE, '../../docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`);
}

/** The snippets of a document in some languages, also those in lists. */
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
 * Runs commands in one shell, as a reader does who pastes them one after the other, in a folder of its own. A command that fails
 * is the last one.
 *
 * @returns what they print
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

/** Runs a module of JavaScript that may import what this package has. */
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

/** What a document says that commands print, as a pattern: `…` stands for anything. */
export function patternOf(promised: string): RegExp {
  const parts = promised
    .split('…')
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
