/* Compiles the TypeScript blocks of the documents against the packages, as if they were part of the demo portal. */
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../processes.mjs';

/** Folder in which readers would put code of a language. */
const FOLDERS = { ts: 'packages/backend/src', tsx: 'packages/app/src' };

/** File that other blocks import, named by the block's first line. */
const FILE = /^\/\/ ([\w-]+\.tsx?)\n/;

/** Packages that readers install and this repository does not have. */
const OF_OTHERS = `
declare module '@backstage/plugin-notifications-backend-module-slack' {
  import { BackendFeature } from '@backstage/backend-plugin-api';
  const feature: BackendFeature;
  export default feature;
}
`;

function optionsOfRepository() {
  const { config } = ts.readConfigFile(
    join(root, 'tsconfig.json'),
    ts.sys.readFile,
  );
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: ['package.json'] },
    ts.sys,
    root,
  );
  return {
    ...options,
    noEmit: true,
    incremental: false,
    // Allows top-level `await`, as in Node modules.
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2022,
    // Readers use what they import.
    noUnusedLocals: false,
    noUnusedParameters: false,
    types: ['node'],
  };
}

/** Compiler host that also serves files that are not on disk. */
function hostWith(files, options) {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = name => name in files || fileExists(name);
  host.readFile = name => files[name] ?? readFile(name);
  host.getSourceFile = (name, ...rest) =>
    name in files
      ? ts.createSourceFile(name, files[name], ...rest)
      : getSourceFile(name, ...rest);
  return host;
}

/**
 * @typedef {{ before?: string, after?: string }} Claim code to put around the block in its file
 * @param {{ block: import('./documents.mjs').Block, claim: Claim }[]} claimed
 * @returns {string[]}
 */
export function faultsOfTypeScript(claimed) {
  const files = { [join(root, FOLDERS.ts, 'others.d.ts')]: OF_OTHERS };
  const blocks = new Map();
  claimed.forEach(({ block, claim }, i) => {
    const { before = '', after = '' } = claim;
    const [, own] = block.text.match(FILE) ?? [];
    const name = join(
      root,
      FOLDERS[block.language],
      own ?? `of-the-documents-${i}.${block.language}`,
    );
    // Each block is a module of its own, and its lines keep their numbers.
    files[name] = `export {}; ${before} ${block.text}\n${after}`;
    blocks.set(name, block);
  });
  const options = optionsOfRepository();
  const program = ts.createProgram({
    rootNames: Object.keys(files),
    options,
    host: hostWith(files, options),
  });
  return [...blocks].flatMap(([name, block]) => {
    const source = program.getSourceFile(name);
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(({ start, messageText }) => {
      const { line } = source.getLineAndCharacterOfPosition(start ?? 0);
      const message = ts.flattenDiagnosticMessageText(messageText, ' ');
      return `${block.document}:${block.line + 1 + line}: ${message}`;
    });
  });
}
