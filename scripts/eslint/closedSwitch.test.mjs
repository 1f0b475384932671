/* Runs the rule of closedSwitch.cjs on samples, with the ESLint configuration of each package. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../processes.mjs';

const requireFromRoot = createRequire(join(root, 'package.json'));
const { ESLint } = createRequire(
  requireFromRoot.resolve('@backstage/cli/package.json'),
)('eslint');

const PACKAGES = ['plugins', 'packages'].flatMap(folder =>
  readdirSync(join(root, folder)).map(name => join(root, folder, name)),
);

const RULES = ['no-restricted-syntax', 'default-case'];

const COMMON = join(root, 'plugins/api-keys-common');

async function findingsIn(code, cwd = COMMON, filePath = 'src/sample.ts') {
  const [{ messages }] = await new ESLint({ cwd }).lintText(code, { filePath });
  assert(!messages.some(({ fatal }) => fatal), messages[0]?.message);
  return messages.filter(
    ({ ruleId, severity }) => RULES.includes(ruleId) && severity === 2,
  ).length;
}

const switchOver = (what, ...cases) =>
  `export function f(x: 'a' | 'b') { switch (${what}) { ${cases.join(
    ' ',
  )} } return 0; }\n`;
const A = "case 'a': return 1;";
const B = "case 'b': return 2;";

test('a default that stands for the last case is found', async () => {
  assert.equal(await findingsIn(switchOver('x', A, 'default: return 2;')), 1);
});

test('a switch without a default is found', async () => {
  assert.equal(await findingsIn(switchOver('x', A, B)), 1);
});

test('a switch that is proven to be complete passes', async () => {
  const never = 'default: throw new Error(`${x satisfies never}`);';
  assert.equal(await findingsIn(switchOver('x', A, B, never)), 0);
});

test('a switch over typeof passes, whose values are not ours', async () => {
  const ofType = switchOver(
    'typeof x',
    "case 'string': return 1;",
    'default: return 2;',
  );
  assert.equal(await findingsIn(ofType), 0);
});

test('the rule is an error in every package, for sources and tests', async () => {
  assert(PACKAGES.length > 0);
  for (const cwd of PACKAGES) {
    for (const file of ['src/sample.ts', 'src/sample.test.ts']) {
      const code = switchOver('x', A, 'default: return 2;');
      assert.equal(await findingsIn(code, cwd, file), 1, `${cwd}: ${file}`);
    }
  }
});
