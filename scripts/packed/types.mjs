/* What publint and "are the types wrong?" make of a tarball, but for what is Backstage's way. */
import { readFileSync } from 'node:fs';
import {
  checkPackage,
  createPackageFromTarballData,
} from '@arethetypeswrong/core';
import { problemAffectsResolutionKind } from '@arethetypeswrong/core/problems';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const isFrontend = ({ role }) => role.startsWith('frontend-');

/** Who resolves the imports of a package; a frontend plugin is only ever bundled. */
const resolutionsOf = backstage =>
  isFrontend(backstage)
    ? ['node10', 'bundler']
    : ['node10', 'node16-cjs', 'node16-esm', 'bundler'];

/**
 * `backend.add(import('…'))` takes the default export of a CommonJS module as well as that of an ES module, and so do apps: a plugin
 * that is `exports.default` is what Backstage's own packages are.
 */
const isDefaultExport = kind =>
  kind === 'CJSOnlyExportsDefault' || kind === 'FalseExportDefault';

/**
 * Backstage's CLI writes `types` after `import` and `require`. TypeScript finds no types beside those and goes on to `types`, for
 * every package of Backstage.
 */
const isOrderOfConditions = kind => kind === 'FallbackCondition';

const isIgnored = kind => isDefaultExport(kind) || isOrderOfConditions(kind);

// For bundlers, which tell it from CommonJS by its syntax. Node never loads it: it takes `main`, where there is one for it.
const hasEsmForBundlers = ({ backstage }) =>
  isFrontend(backstage) || backstage.role === 'common-library';

/** The same in publint's words, and what it makes of them. */
const IGNORED_LINT = {
  CJS_WITH_ESMODULE_DEFAULT_EXPORT: () => true,
  EXPORTS_TYPES_SHOULD_BE_FIRST: () => true,
  TYPES_NOT_EXPORTED: () => true,
  // The condition `backstage` names the kind of feature, not a file.
  EXPORTS_VALUE_INVALID: (_, { path }) => path.at(-1) === 'backstage',
  FILE_INVALID_FORMAT: hasEsmForBundlers,
  HAS_MODULE_BUT_NO_EXPORTS: hasEsmForBundlers,
};

async function lint({ folder, manifest }) {
  // Nothing is left out of a tarball that was packed and unpacked.
  const { messages } = await publint({
    pkgDir: folder,
    pack: false,
    level: 'warning',
  });
  return messages
    .filter(message => !IGNORED_LINT[message.code]?.(manifest, message))
    .map(message => `publint: ${formatMessage(message, manifest)}`);
}

function describe(problem) {
  const where = problem.entrypoint ?? problem.fileName ?? problem.typesFileName;
  return `types: ${problem.kind}${where ? ` at ${where}` : ''}`;
}

async function checkResolutions({ tarball, manifest }) {
  const data = new Uint8Array(readFileSync(tarball));
  const analysis = await checkPackage(createPackageFromTarballData(data), {
    excludeEntrypoints: ['./package.json'],
  });
  const resolutions = resolutionsOf(manifest.backstage);
  return analysis.problems
    .filter(({ kind }) => !isIgnored(kind))
    .filter(problem =>
      resolutions.some(kind =>
        problemAffectsResolutionKind(problem, kind, analysis),
      ),
    )
    .map(describe);
}

/** @param {import('./pack.mjs').Packed} packed */
export async function checkTypes(packed) {
  return [...(await lint(packed)), ...(await checkResolutions(packed))];
}
