import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../src/paths.mjs';

const execute = promisify(execFile);

const FENCE = /^```(shell|text)\n(.*?)^```$/gms;
const MARK = '--- block';

/** Command of a page, with its documented output. */
export type Step = { command: string; printed: string; promised?: string };

/**
 * Runs the `shell` blocks of a page of the docs in one shell, from the first to the last, as a reader does. A `text`
 * block is the expected output of the block before it; `…` in it matches anything. Blocks that readers have to fill
 * in contain a `…` themselves and are skipped: `variables` provides the values that they set.
 *
 * @param options - with `stopOnError`, a failing command or a response of 400 and above ends the page
 */
export async function walkThrough(
  page: string,
  variables: Record<string, string>,
  options: { stopOnError?: boolean } = {},
): Promise<Step[]> {
  const text = await readFile(join(root, 'docs', page), 'utf8');
  const steps = stepsOf(text);
  const script = [
    ...(options.stopOnError
      ? ['set -e', 'curl() { command curl --silent --show-error --fail "$@"; }']
      : []),
    ...steps.map(({ command }) => `echo '${MARK}'\n${command}`),
  ].join('\n');
  const outputs = (await runScript(script, variables)).split(`${MARK}\n`);
  return steps.map((step, i) => ({ ...step, printed: outputs[i + 1] ?? '' }));
}

/** Converts the documented output to a pattern. */
export function patternOf(promised: string): RegExp {
  const parts = promised.trim().split('…').map(escape);
  return new RegExp(`^${parts.join('.*')}$`);
}

/** Returns a file that a page has its readers write with `cat > <name> <<'END'`. */
export async function fileOf(page: string, name: string): Promise<string> {
  const text = await readFile(join(root, 'docs', page), 'utf8');
  const [, afterName] = text.split(`cat > ${name} <<'END'\n`);
  if (!afterName) throw new Error(`docs/${page} does not write ${name}`);
  return afterName.split(/^END$/m)[0];
}

function stepsOf(page: string): Omit<Step, 'printed'>[] {
  const steps: Omit<Step, 'printed'>[] = [];
  for (const [, kind, content] of page.matchAll(FENCE)) {
    const last = steps.at(-1);
    if (kind === 'text' && last) last.promised = content;
    if (kind === 'shell') steps.push({ command: content });
  }
  return steps.filter(({ command }) => !command.includes('…'));
}

async function runScript(
  script: string,
  variables: Record<string, string>,
): Promise<string> {
  const cwd = await mkdtemp(join(tmpdir(), 'api-keys-docs-'));
  try {
    await writeFile(join(cwd, 'page.sh'), script);
    const { stdout } = await execute('sh', ['page.sh'], {
      cwd,
      env: { ...process.env, ...variables },
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout.replaceAll('\r', '');
  } finally {
    await rm(cwd, { recursive: true });
  }
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
