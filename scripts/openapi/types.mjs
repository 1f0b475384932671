/* TypeScript types of the schemas in an OpenAPI 3.1 document, as far as ours uses JSON Schema. */

/** Operations of which the query parameters have a type of their own in the common package. */
const QUERY_TYPES = {
  listKeys: 'ListApiKeysRequest',
  listAllKeys: 'ListAllApiKeysRequest',
  listAllEvents: 'ListApiKeyEventsRequest',
  exportEvents: 'ApiKeyEventFilter',
  listUpcomingWarnings: 'ListUpcomingApiKeyWarningsRequest',
};

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const LINE_LENGTH = 100;
const PRIMITIVES = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
};

/** Schemas with `ApiKey` in their names are exported, all others are written where they are used. */
export function isExported(name) {
  return name.includes('ApiKey');
}

export function nameOf({ $ref }) {
  return $ref.split('/').at(-1);
}

/** Returns what a reference points to; what is written next to it takes precedence. */
export function resolveRef(document, value) {
  if (!value.$ref) return value;
  const { $ref, ...own } = value;
  const target = $ref
    .slice(2)
    .split('/')
    .reduce((node, name) => node[name], document);
  return { ...resolveRef(document, target), ...own };
}

/** Returns the operations by id, with the parameters of their paths. */
export function operationsOf(document) {
  return Object.values(document.paths).flatMap(path =>
    METHODS.filter(method => path[method]).map(method => ({
      ...path[method],
      id: path[method].operationId,
      parameters: [
        ...(path.parameters ?? []),
        ...(path[method].parameters ?? []),
      ].map(parameter => resolveRef(document, parameter)),
    })),
  );
}

/** Returns the type of some parameters of an operation, or undefined if it has none of them. */
export function parametersType(document, operation, kind) {
  const parameters = operation.parameters.filter(one => one.in === kind);
  if (parameters.length === 0) return undefined;
  const queryType = kind === 'query' && QUERY_TYPES[operation.id];
  if (queryType) return queryType;
  return typeOf(document, objectOf(parameters));
}

function objectOf(parameters) {
  return {
    type: 'object',
    required: parameters.filter(one => one.required).map(({ name }) => name),
    properties: Object.fromEntries(
      parameters.map(({ name, description, schema }) => [
        name,
        description ? { ...schema, description } : schema,
      ]),
    ),
  };
}

export function typeOf(document, schema) {
  const again = one => typeOf(document, one);
  if (schema.$ref) {
    const name = nameOf(schema);
    return isExported(name) ? name : again(resolveRef(document, schema));
  }
  if ('const' in schema) return literal(schema.const);
  if (schema.enum) return schema.enum.map(literal).join(' | ');
  const alternatives = schema.type ? undefined : schema.anyOf ?? schema.oneOf;
  if (alternatives) return [...new Set(alternatives.map(again))].join(' | ');
  if (Array.isArray(schema.type)) {
    return schema.type.map(type => again({ ...schema, type })).join(' | ');
  }
  if (schema.type === 'array') return `(${again(schema.items)})[]`;
  if (schema.type !== 'object') return PRIMITIVES[schema.type];
  return schema.properties ? objectType(document, schema) : 'JsonObject';
}

function objectType(document, { properties, required = [] }) {
  const fields = Object.entries(properties).map(([name, property]) => {
    const mark = required.includes(name) ? '' : '?';
    const description =
      property.description ?? inheritedDescription(document, property);
    return `${comment(description)}${literal(name)}${mark}: ${typeOf(
      document,
      property,
    )};`;
  });
  return `{\n${fields.join('\n')}\n}`;
}

/** Descriptions of exported types stand with the type, and those of texts are about their format. */
function inheritedDescription(document, property) {
  if (!property.$ref || isExported(nameOf(property))) return undefined;
  const { type, description } = resolveRef(document, property);
  return type === 'string' ? undefined : description;
}

function literal(value) {
  return typeof value === 'string'
    ? `'${value.replaceAll("'", "\\'")}'`
    : String(value);
}

function comment(description, tag) {
  if (!description && !tag) return '';
  const text = (description ?? '').trim().replaceAll('*/', '*\\/');
  const lines = text.split('\n').flatMap(line => wrap(line));
  if (tag) lines.push('', tag);
  return lines.length === 1
    ? `/** ${lines[0]} */\n`
    : `/**\n${lines.map(line => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
}

function wrap(text) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line && line.length + word.length >= LINE_LENGTH) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}

/** Returns the source of the exported types. */
export function typesOf(document) {
  const schemas = Object.entries(document.components.schemas).filter(([name]) =>
    isExported(name),
  );
  const queries = operationsOf(document)
    .filter(({ id }) => QUERY_TYPES[id])
    .map(operation => {
      const { id, parameters, summary } = operation;
      const description = `Query parameters of \`${id}\`: ${summary}.`;
      return [QUERY_TYPES[id], { ...objectOf(parameters), description }];
    });
  const types = [...schemas, ...queries].map(
    ([name, schema]) =>
      `${comment(schema.description, '@public')}export type ${name} = ${typeOf(
        document,
        schema,
      )};`,
  );
  return `import { JsonObject } from '@backstage/types';\n\n${types.join(
    '\n\n',
  )}\n`;
}
