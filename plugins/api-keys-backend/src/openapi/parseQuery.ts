import { InputError } from '@backstage/errors';
import { Schema } from './document';

const BOOLEANS = new Set(['true', 'false']);
const WHOLE_NUMBER = /^(0|-?[1-9]\d{0,15})$/;

/**
 * Parses the query of a URL into an object, with lists, numbers and booleans as in the schema.
 *
 * Replaces Express's parser, which silently drops some names and makes objects of others.
 *
 * @throws InputError for a parameter that is repeated and may not be
 */
export function parseQuery(
  url: string,
  schemas: { [name: string]: Schema },
): Record<string, unknown> {
  const start = url.indexOf('?');
  const params = new URLSearchParams(start < 0 ? '' : url.slice(start));
  const query: Record<string, unknown> = Object.create(null);
  for (const name of new Set(params.keys())) {
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    query[name] = schema
      ? readValue(name, params.getAll(name), schema)
      : params.get(name);
  }
  return query;
}

function readValue(name: string, values: string[], { type }: Schema): unknown {
  if (type === 'array') return values;
  const [value, ...others] = values;
  if (others.length > 0) throw new InputError(`${name}: must be given once`);
  if (type === 'integer' && WHOLE_NUMBER.test(value)) return Number(value);
  if (type === 'boolean' && BOOLEANS.has(value)) return value === 'true';
  return value;
}
