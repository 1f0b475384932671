/*
 * Checks openapi.yaml against the rules in openapi/ruleset.mjs. Warnings count as faults.
 *
 *   yarn openapi:check
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import spectral from '@stoplight/spectral-core';
import parsers from '@stoplight/spectral-parsers';
import { ruleset } from './openapi/ruleset.mjs';

const FILE = 'plugins/api-keys-backend/openapi.yaml';
const root = fileURLToPath(new URL('..', import.meta.url));
const { Document, Ruleset, Spectral } = spectral;

const linter = new Spectral();
// Overrides are resolved relative to this file.
linter.setRuleset(new Ruleset(ruleset, { source: resolve(root, 'rules') }));
const file = resolve(root, FILE);
const document = new Document(readFileSync(file, 'utf8'), parsers.Yaml, file);
const faults = await linter.run(document);
for (const { code, message, path, range } of faults) {
  const at = `${FILE}:${range.start.line + 1}`;
  console.error(`✖ ${at} ${path.join('/')}: ${message} (${code})`);
}
console.log(`${FILE}: ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
