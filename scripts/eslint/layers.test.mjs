/* Runs the rule of layers.cjs on a sample, and compares the layers of each package with its folders. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../processes.mjs';

const require = createRequire(join(root, 'package.json'));
const { ESLint } = createRequire(
  require.resolve('@backstage/cli/package.json'),
)('eslint');

const RULE = 'import/no-restricted-paths';
const BACKEND = join(root, 'plugins/api-keys-backend');

const layered = readdirSync(join(root, 'plugins'))
  .map(name => join(root, 'plugins', name))
  .map(directory => [directory, require(join(directory, '.eslintrc.js'))])
  .filter(([, { rules }]) => rules[RULE]);

async function findingsIn(code, filePath) {
  const eslint = new ESLint({ cwd: BACKEND });
  const [{ messages }] = await eslint.lintText(code, { filePath });
  return messages.filter(({ ruleId }) => ruleId === RULE).length;
}

const IMPORT_OF_SERVICE =
  "export { DefaultApiKeyService } from '../service/DefaultApiKeyService';\n";

test('an import from an upper layer is found, except in tests', async () => {
  const found = file => findingsIn(IMPORT_OF_SERVICE, `src/database/${file}`);
  assert.equal(await found('sample.ts'), 1);
  assert.equal(await found('sample.test.ts'), 0);
});

test('an import from a lower layer is not', async () => {
  assert.equal(await findingsIn(IMPORT_OF_SERVICE, 'src/router/sample.ts'), 0);
});

test('every folder with code is a layer, and every layer is a folder', () => {
  assert(layered.length >= 3);
  for (const [directory, { rules }] of layered) {
    const [, { zones }] = rules[RULE];
    const folders = new Set(
      [...zones.flatMap(zone => zone.from), zones.at(-1).target]
        .map(path => path.split('/')[1])
        .filter(name => !name.startsWith('*')),
    );
    for (const folder of folders) {
      assert(existsSync(join(directory, 'src', folder)), folder);
    }
    const withCode = readdirSync(join(directory, 'src'), { recursive: true })
      .filter(file => /\/.*(?<!\.test)\.tsx?$/.test(file))
      .map(file => file.split('/')[0])
      .filter(folder => folder !== '__testUtils__');
    for (const folder of withCode) assert(folders.has(folder), folder);
  }
});
