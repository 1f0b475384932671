import {
  isExported,
  operationsOf,
  parametersType,
  resolveRef,
  typeOf,
} from './types.mjs';

/** Returns the source of the types of what requests bring along, by operation. */
export function inputsOf(document) {
  const inputs = operationsOf(document).map(operation => {
    const path = parametersType(document, operation, 'path') ?? 'NoParameters';
    const query =
      parametersType(document, operation, 'query') ?? 'NoParameters';
    return `${operation.id}: { path: ${path}; query: ${query}; body: ${bodyOf(
      document,
      operation,
    )} };`;
  });
  const source = `export type Inputs = {\n${inputs.join('\n')}\n};\n`;
  const imports = [...new Set(source.match(/\b\w*ApiKey\w*\b/g))].filter(
    isExported,
  );
  return [
    `import type { ${imports
      .sort()
      .join(', ')} } from 'backstage-plugin-api-keys-common';`,
    'type NoParameters = Record<string, never>;',
    `/** The input of each operation, once it is known to be as the document has it. */\n${source}`,
  ].join('\n\n');
}

function bodyOf(document, { requestBody }) {
  if (!requestBody) return 'undefined';
  const contents = Object.values(resolveRef(document, requestBody).content);
  return contents.map(({ schema }) => typeOf(document, schema)).join(' | ');
}
