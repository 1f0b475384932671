/* Checks a tarball with publint and "are the types wrong?", except for conventions of Backstage's own packages. */
import { readFileSync } from 'node:fs';
import {
  checkPackage,
  createPackageFromTarballData,
} from '@arethetypeswrong/core';
import { problemAffectsResolutionKind } from '@arethetypeswrong/core/problems';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const isFrontend = ({ role }) => role.startsWith('frontend-');

/** Resolution modes that apply to a package; a frontend plugin is only ever bundled. */
const resolutionsOf = backstage =>
  isFrontend(backstage)
    ? ['node10', 'bundler']
    : ['node10', 'node16-cjs', 'node16-esm', 'bundler'];

/**
 * Backstage accepts `exports.default`: `backend.add(import('…'))` and apps take the default export of a CommonJS
 * module as well as that of an ES module, and Backstage's own packages are built this way.
 */
const isDefaultExport = kind =>
  kind === 'CJSOnlyExportsDefault' || kind === 'FalseExportDefault';

/**
 * Backstage's CLI writes `types` after `import` and `require`. TypeScript finds no types for those two and goes on to
 * `types`, in every package of Backstage.
 */
const isOrderOfConditions = kind => kind === 'FallbackCondition';

const isIgnored = kind => isDefaultExport(kind) || isOrderOfConditions(kind);

// Bundlers detect ES modules by syntax. Node never loads the file: it takes `main`, where the package has code for
// Node.
const hasEsmForBundlers = ({ backstage }) =>
  isFrontend(backstage) || backstage.role === 'common-library';

/** publint's codes for the conventions above, each with the condition on which it is ignored. */
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
  // The unpacked tarball is complete.
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
