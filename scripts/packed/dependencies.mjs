/* Compares the imports of the built code and its types with the dependencies in package.json. */
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';

/** Declared dependencies without an import in the code, each with its reason. */
const UNSEEN = {
  // Peer dependencies of react-router-dom and Material UI, which an app has once.
  'backstage-plugin-api-keys': ['react-dom', '@types/react'],
  'backstage-plugin-api-keys-backend': [
    // A dependency of api-keys-node, which uses the portal's own copy: only the portal itself can declare it.
    '@backstage/backend-defaults',
    // Used only for types, in code that exports none of them. Backstage's lint rule expects the package among the
    // dependencies.
    '@backstage/types',
  ],
};

const packageOf = specifier =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Name of the package with the types of one that ships none: `@types/a__b` for `@a/b`. */
const typesPackageOf = name =>
  `@types/${name.replace(/^@/, '').replace('/', '__')}`;

function isOurs(specifier) {
  return (
    specifier.startsWith('.') ||
    specifier.startsWith('node:') ||
    builtinModules.includes(specifier)
  );
}

/** Lists the packages that a file imports or requires, including types in `import('…')`. */
function packagesIn(text) {
  const { importedFiles, typeReferenceDirectives } = ts.preProcessFile(
    text,
    true,
    true,
  );
  const resolved = text.matchAll(/require\.resolve\(\s*["']([^"']+)["']/g);
  return [
    ...importedFiles.map(({ fileName }) => fileName),
    ...typeReferenceDirectives.map(({ fileName }) => fileName),
    ...[...resolved].map(([, specifier]) => specifier),
  ]
    .filter(specifier => !isOurs(specifier))
    .map(packageOf);
}

function usedBy({ folder, files }, pattern) {
  const used = files
    .filter(file => file.startsWith('dist/') && pattern.test(file))
    .map(file => readFileSync(join(folder, file), 'utf8'))
    .flatMap(packagesIn);
  return new Set(used);
}

/** @param {import('./pack.mjs').Packed} packed */
export function checkDependencies(packed) {
  const { name, manifest } = packed;
  const inCode = usedBy(packed, /\.js$/);
  const inTypes = usedBy(packed, /\.d\.ts$/);
  const declared = new Set([
    ...Object.keys(manifest.dependencies ?? {}),
    ...Object.keys(manifest.peerDependencies ?? {}),
  ]);
  const isDeclared = each => each === name || declared.has(each);

  const undeclared = [
    ...[...inCode].filter(each => !isDeclared(each)),
    ...[...inTypes].filter(
      each => !isDeclared(each) && !declared.has(typesPackageOf(each)),
    ),
  ];
  const isUsed = each =>
    inCode.has(each) ||
    inTypes.has(each) ||
    [...inTypes].some(used => typesPackageOf(used) === each) ||
    UNSEEN[name]?.includes(each);
  return [
    ...[...new Set(undeclared)].map(each => `${each} is not declared`),
    ...[...declared]
      .filter(each => !isUsed(each))
      .map(each => `${each} is declared and not used`),
  ];
}
