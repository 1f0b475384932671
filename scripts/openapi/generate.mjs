/*
 * Writes the types and the shapes of answers that openapi.yaml describes.
 *
 *   yarn openapi            writes the files
 *   yarn openapi --check    fails if one of them is out of date
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import parsers from '@stoplight/spectral-parsers';
import prettier from 'prettier';
import { answersOf } from './answers.mjs';
import { inputsOf } from './inputs.mjs';
import { typesOf } from './types.mjs';

const HEADER =
  '// Generated from openapi.yaml by `yarn openapi`. Do not edit.\n';
const root = fileURLToPath(new URL('../..', import.meta.url));

const file = resolve(root, 'plugins/api-keys-backend/openapi.yaml');
const { data: document } = parsers.Yaml.parse(readFileSync(file, 'utf8'));

const outputs = {
  'plugins/api-keys-common/src/generated/types.ts': typesOf(document),
  'plugins/api-keys-common/src/generated/answers.ts': answersOf(document),
  'plugins/api-keys-backend/src/openapi/generated.ts': inputsOf(document),
};

const isCheck = process.argv.includes('--check');
for (const [name, source] of Object.entries(outputs)) {
  const path = resolve(root, name);
  const options = await prettier.resolveConfig(path);
  const text = prettier.format(HEADER + source, { ...options, filepath: path });
  if (!isCheck) {
    writeFileSync(path, text);
  } else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    console.error(`${name} is out of date: run yarn openapi`);
    process.exitCode = 1;
  }
}
