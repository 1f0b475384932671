import { spawnSync } from 'node:child_process';
import {
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import vm from 'node:vm';
import { generateSecret } from './format';

const page = readFileSync(
  join(__dirname, '../../../../docs/secret-scanning.md'),
  'utf8',
);

/** The content of the page's only block in a language. */
function block(language: string): string {
  const [, content] =
    page.match(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'ms')) ?? [];
  if (!content) throw new Error(`There is no ${language} block on the page`);
  return content;
}

const SECRETS = Array.from({ length: 200 }, () => generateSecret('bsk'));

/** As people leave them lying about. */
const LEAKS = [
  (secret: string) => `export BACKSTAGE_TOKEN=${secret}`,
  (secret: string) => `Authorization: Bearer ${secret}\r`,
  (secret: string) => `{"token":"${secret}"}`,
  (secret: string) => `https://x:${secret}@portal.example.com/api`,
  (secret: string) => `[12:00:01] GET /api?api_key=${secret}&x=1 401`,
  (secret: string) => `\tsecret = '${secret}';`,
];

/** Of other makes, too short, too long, and words that begin alike. None is a real one. */
const OTHERS = [
  `ghp_${'a1B2'.repeat(9)}`,
  `github_pat_${'a1B2c3D4e5'.repeat(8)}`,
  `glpat-${'a1B2c3D4e5'.repeat(2)}`,
  `npm_${'a1B2c3D4e5F6'.repeat(3)}`,
  `xoxb-${'1234567890'.repeat(2)}-abcdef`,
  `AKIA${'A1B2C3D4E5F6G7H8'}`,
  `bsk_${'a'.repeat(48)}`,
  `bsk_${'a'.repeat(50)}`,
  `my_bsk_${'a'.repeat(49)}`,
  `bsk_${'-'.repeat(49)}`,
  'bsk_secret_prefix',
];

const leaked = SECRETS.map((secret, i) => LEAKS[i % LEAKS.length](secret));

describe('docs/secret-scanning.md', () => {
  it('has one pattern, for every scanner', () => {
    const pattern = block('text').trim();
    expect(block('toml')).toContain(`'''\\b${pattern}\\b'''`);
    expect(block('json')).toContain(`/\\\\b${pattern}\\\\b/`);
    expect(page).toContain(`| \`${pattern}\` |`);
  });

  it('has a pattern that finds every secret as gitleaks looks for it, and nothing else', () => {
    const [, source] = block('toml').match(/'''(.*)'''/)!;
    const pattern = new RegExp(source);
    expect(leaked.filter(line => !pattern.test(line))).toEqual([]);
    expect(OTHERS.filter(line => pattern.test(line))).toEqual([]);
  });

  it('tells how to check the checksum', () => {
    const exports: { isSecret?: (text: string) => boolean } = {};
    vm.runInNewContext(block('js'), { require, exports });
    const isSecret = exports.isSecret!;
    expect(SECRETS.filter(secret => !isSecret(secret))).toEqual([]);
    expect(isSecret(`bsk_${'a'.repeat(49)}`)).toBe(false);
  });

  it('has a configuration with which secretlint finds every secret, and nothing else', () => {
    const folder = mkdtempSync(join(tmpdir(), 'api-keys-secretlint-'));
    const write = (name: string, lines: string[]) =>
      writeFileSync(join(folder, name), lines.join('\n'));
    write('.secretlintrc.json', [block('json')]);
    write('leaked.txt', leaked);
    write('others.txt', OTHERS);
    try {
      expect(secretlint(folder)).toEqual({
        'leaked.txt': 200,
        'others.txt': 0,
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** How many findings there are, by file. */
function secretlint(folder: string): Record<string, number> {
  const installed = dirname(require.resolve('secretlint/package.json'));
  // It looks for rules, and at files, in the folder that it is called in alone.
  symlinkSync(dirname(installed), join(folder, 'node_modules'));
  const { stdout } = spawnSync(
    process.execPath,
    [join(installed, 'bin/secretlint.js'), '--format=json', '*.txt'],
    { encoding: 'utf8', cwd: folder },
  );
  const files: { filePath: string; messages: unknown[] }[] = JSON.parse(stdout);
  return Object.fromEntries(
    files.map(({ filePath, messages }) => [
      basename(filePath),
      messages.length,
    ]),
  );
}
