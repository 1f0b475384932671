/* Checks the list of files in a tarball: everything that an installation needs, and no build or test files. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../processes.mjs';

const ALLOWED = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
  /^dist\/.+\.(cjs|esm)\.js(\.map)?$/,
  /^dist\/(types\/)?[^/]+\.d\.ts$/,
];
const ALLOWED_IN_BACKENDS = [
  /^config\.schema\.json$/,
  /^openapi\.yaml$/,
  /^migrations\/\d{14}_\w+\.js$/,
];
const buildFolder = join(root, 'plugins');

// Rejects tests that end up in the build by mistake, which the rules above would accept.
const NEVER =
  /(^|\/)(src|node_modules|coverage|__\w+__|testUtils|\.[^/]+|tsconfig[^/]*)(\/|$)|\.(test|spec|stories)\./;

function isAllowed(file, role) {
  if (NEVER.test(file)) return false;
  const rules = role.startsWith('backend-plugin')
    ? [...ALLOWED, ...ALLOWED_IN_BACKENDS]
    : ALLOWED;
  return rules.some(rule => rule.test(file));
}

/** Files of the clone outside the code that the tarball must contain. */
function filesToKeep({ source, manifest }) {
  const migrations = join(source, 'migrations');
  return [
    'README.md',
    'LICENSE',
    ...(existsSync(join(source, 'CHANGELOG.md')) ? ['CHANGELOG.md'] : []),
    ...(existsSync(join(source, 'openapi.yaml')) ? ['openapi.yaml'] : []),
    ...(existsSync(migrations) ? readdirSync(migrations).sort() : [])
      .filter(file => file.endsWith('.js'))
      .map(file => `migrations/${file}`),
    ...(existsSync(join(source, 'config.d.ts'))
      ? [manifest.configSchema ?? 'configSchema of package.json']
      : []),
  ];
}

function problemsOfMap(file, text) {
  const { sources, sourcesContent } = JSON.parse(text);
  const complete = sources.every((_, i) => sourcesContent?.[i]);
  return complete ? [] : [`${file} points to sources that nobody has`];
}

/** @param {import('./pack.mjs').Packed} packed */
export function checkFiles(packed) {
  const { files, folder, manifest } = packed;
  const has = new Set(files);
  const read = file => readFileSync(join(folder, file), 'utf8');
  const problems = files
    .filter(file => !isAllowed(file, manifest.backstage.role))
    .map(file => `${file} has no place in the tarball`);

  for (const file of filesToKeep(packed)) {
    if (!has.has(file)) problems.push(`${file} is missing`);
  }
  for (const file of files) {
    const text = read(file);
    if (text.includes(buildFolder)) {
      problems.push(`${file} names a folder of the build machine`);
    }
    if (file.endsWith('.map')) problems.push(...problemsOfMap(file, text));
  }
  const licence = readFileSync(join(root, 'LICENSE'), 'utf8');
  if (has.has('LICENSE') && read('LICENSE') !== licence) {
    problems.push('LICENSE is not that of the project');
  }
  return problems;
}
