import { isExported, nameOf, operationsOf, resolveRef } from './types.mjs';

/** Fields that a backend of an older version leaves out. */
const MAY_BE_MISSING = ['totalIsCapped'];

/** Returns the source of the shapes that the client checks answers with. */
export function answersOf(document) {
  const shapes = new Map();
  const answers = operationsOf(document)
    .map(operation => [operation.id, answerOf(document, operation)])
    .filter(([, schema]) => schema)
    .map(([id, schema]) => `${id}: ${shapeOf(document, schema, shapes)},`);
  const constants = [...shapes].map(
    ([name, s]) => `const ${constantOf(name)} = ${s};`,
  );
  return `
import { anyObject, duration, flag, listOf, nullable, number, object, optional, text, time } from '../answers/shapes';

${constants.join('\n\n')}

/** The shape of the JSON that each operation answers with. */
export const answers = {\n${answers.join('\n')}\n};\n`;
}

function answerOf(document, { responses }) {
  const answer = resolveRef(document, responses[200] ?? responses[201] ?? {});
  return answer.content?.['application/json']?.schema;
}

function constantOf(name) {
  return name[0].toLowerCase() + name.slice(1);
}

/** @param shapes - of the schemas by name, each after those that it refers to */
function shapeOf(document, schema, shapes) {
  if (schema.$ref) {
    const name = nameOf(schema);
    const target = resolveRef(document, schema);
    if (name === 'Duration') return 'duration';
    const isObject = target.type === 'object' || target.oneOf;
    if (!isExported(name) || !isObject)
      return shapeOf(document, target, shapes);
    if (!shapes.has(name)) shapes.set(name, shapeOf(document, target, shapes));
    return constantOf(name);
  }
  const alternatives = schema.anyOf ?? [];
  const types = [schema.type ?? []].flat();
  if (
    types.includes('null') ||
    alternatives.some(({ type }) => type === 'null')
  ) {
    const rest = alternatives.length
      ? alternatives.find(({ type }) => type !== 'null')
      : { ...schema, type: types.find(type => type !== 'null') };
    return `nullable(${shapeOf(document, rest, shapes)})`;
  }
  // Only fields that all alternatives have can be relied on.
  if (schema.oneOf) return shapeOf(document, schema.oneOf[0], shapes);
  switch (schema.type) {
    case 'array':
      return `listOf(${shapeOf(document, schema.items, shapes)})`;
    case 'object':
      return schema.properties
        ? objectShape(document, schema, shapes)
        : 'anyObject';
    case 'boolean':
      return 'flag';
    case 'integer':
      return 'number';
    default:
      return schema.format?.startsWith('date') ? 'time' : 'text';
  }
}

function objectShape(document, { properties, required = [] }, shapes) {
  const fields = Object.entries(properties).map(([name, property]) => {
    const shape = shapeOf(document, property, shapes);
    const isThere = required.includes(name) && !MAY_BE_MISSING.includes(name);
    return `'${name}': ${isThere ? shape : `optional(${shape})`}`;
  });
  return `object({ ${fields.join(', ')} })`;
}
