import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const SOURCE = join(__dirname, '..');
const SPECIFIER = /(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*'([^']+)'/g;
/** Small, and without dependencies. */
const ALLOWED = /^(?:node:.+|lru-cache)$/;

/** All that a file imports, types too, by itself and through files of this package. */
function importsOf(entry: string) {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string) => {
    if (files.has(file)) return;
    files.add(file);
    for (const [, name] of readFileSync(file, 'utf8').matchAll(SPECIFIER)) {
      if (name.startsWith('.')) visit(resolve(dirname(file), name));
      else packages.add(name);
    }
  };
  visit(join(SOURCE, entry));
  return {
    files: [...files].map(file => relative(SOURCE, file)),
    packages: [...packages],
  };
}

function resolve(folder: string, name: string): string {
  const path = join(folder, name);
  const found = [`${path}.ts`, join(path, 'index.ts')].find(existsSync);
  if (!found) throw new Error(`There is no ${name} in ${folder}`);
  return found;
}

it('a service that is not Backstage loads the verifier without loading Backstage', () => {
  const { files, packages } = importsOf('portal-client/index.ts');
  expect(files).toContain('portal-client/requireApiKey.ts');
  expect(files).toContain('secret/format.ts');
  expect(packages).toContain('lru-cache');
  expect(packages.filter(name => !ALLOWED.test(name))).toEqual([]);
});

it('the rest of the package is with Backstage, which shows that it would be found', () => {
  const { packages } = importsOf('index.ts');
  expect(packages).toContain('@backstage/errors');
  expect(packages).toContain('backstage-plugin-api-keys-common');
});

it('is an entry point of the package', () => {
  const { exports } = JSON.parse(
    readFileSync(join(SOURCE, '../package.json'), 'utf8'),
  );
  expect(exports['./verifier']).toBe('./src/portal-client/index.ts');
});
