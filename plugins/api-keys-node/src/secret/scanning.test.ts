import { spawnSync } from 'node:child_process';
import {
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import vm from 'node:vm';
import { FOREIGN_TEXTS } from './__testUtils__/foreignTexts';
import { LEAKED_TEXTS } from './__testUtils__/leakedTexts';
import { generateSecret } from './format';

const page = readFileSync(
  join(__dirname, '../../../../docs/secret-scanning.md'),
  'utf8',
);

/** Returns the page's first code block in a language. */
function block(language: string): string {
  const [, content] =
    page.match(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'ms')) ?? [];
  if (!content) throw new Error(`There is no ${language} block on the page`);
  return content;
}

// The TOML parser of Backstage's tools, which this repository already depends on.
const { parse: parseToml } = createRequire(
  join(__dirname, '../../../../package.json'),
)('smol-toml');

const SECRETS = Array.from({ length: 200 }, () => generateSecret('bsk'));

/** Texts by name, each with fresh secrets, and the secrets in their order in the text. */
const leaked = Object.entries(LEAKED_TEXTS).map(([name, around]) => {
  const texts = Array.from({ length: 10 }, () => {
    const secret = generateSecret('bsk');
    const text = around(secret);
    return { text, secrets: Array(text.split(secret).length - 1).fill(secret) };
  });
  return {
    name,
    text: texts.map(({ text }) => text).join('\n'),
    secrets: texts.flatMap(({ secrets }) => secrets),
  };
});

const foreign = Object.entries(FOREIGN_TEXTS).flatMap(([what, make]) =>
  Array.from({ length: 10 }, () => ({ what, text: make() })),
);

describe('docs/secret-scanning.md', () => {
  it('has one pattern, for every scanner', () => {
    const pattern = block('text').trim();
    expect(block('toml')).toContain(`'''${pattern}\\b'''`);
    expect(block('json')).toContain(`/${pattern}\\\\b/`);
    expect(page).toContain(`- Secret format: \`${pattern}\`\n`);
  });

  it('has a pattern with which gitleaks finds every secret, and nothing else', () => {
    const { extend, rules } = parseToml(block('toml'));
    expect(extend).toEqual({ useDefault: true });
    expect(rules).toHaveLength(1);
    const [{ regex, keywords }] = rules;
    // gitleaks only scans texts that contain a keyword, in any case.
    for (const secret of SECRETS) expect(secret).toContain(keywords[0]);
    const pattern = new RegExp(regex, 'g');
    for (const { name, text, secrets } of leaked) {
      expect([name, text.match(pattern)]).toEqual([name, secrets]);
    }
    expect(foreign.filter(({ text }) => text.match(pattern))).toEqual([]);
  });

  it('documents how to verify the checksum', () => {
    const exports: { isSecret?: (text: string) => boolean } = {};
    vm.runInNewContext(block('js'), { require, exports });
    const isSecret = exports.isSecret!;
    expect(SECRETS.filter(secret => !isSecret(secret))).toEqual([]);
    // The only false positive of the pattern alone: a camel-case name of exactly that length.
    const name = 'bsk_aTestHelperWhoseNameInCamelCaseHasFortyNineLetter';
    expect(name).toMatch(new RegExp(`^${block('text').trim()}$`));
    expect(isSecret(name)).toBe(false);
  });

  it('has a configuration with which secretlint finds every secret, and nothing else', () => {
    const folder = mkdtempSync(join(tmpdir(), 'api-keys-secretlint-'));
    const write = (name: string, text: string) =>
      writeFileSync(join(folder, name), text);
    write('.secretlintrc.json', block('json'));
    for (const { name, text } of leaked) write(name, text);
    foreign.forEach(({ text }, i) => write(`foreign-${i}.txt`, text));
    try {
      const found = secretlint(folder);
      for (const { name, secrets } of leaked) {
        expect([name, found[name]]).toEqual([name, secrets]);
      }
      const mistakes = foreign.filter(
        (_, i) => found[`foreign-${i}.txt`].length,
      );
      expect(mistakes).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** Returns the findings, by file. */
function secretlint(folder: string): Record<string, string[]> {
  const installed = dirname(require.resolve('secretlint/package.json'));
  // secretlint only finds rules and files in its working directory.
  symlinkSync(dirname(installed), join(folder, 'node_modules'));
  // Writes to a file, since secretlint exits before all of its output has passed a pipe.
  const report = join(folder, 'report.json');
  spawnSync(
    process.execPath,
    [
      join(installed, 'bin/secretlint.js'),
      '--format=json',
      `--output=${report}`,
      '*',
    ],
    { cwd: folder },
  );
  const files: {
    filePath: string;
    messages: { range: [number, number] }[];
  }[] = JSON.parse(readFileSync(report, 'utf8'));
  return Object.fromEntries(
    files.map(({ filePath, messages }) => {
      const text = readFileSync(filePath, 'utf8');
      const ranges = messages.map(({ range }) => range);
      ranges.sort(([a], [b]) => a - b);
      return [
        basename(filePath),
        ranges.map(([start, end]) => text.slice(start, end)),
      ];
    }),
  );
}
