import { InputError } from '@backstage/errors';
import { containsSecret } from 'backstage-plugin-api-keys-node';
import { Schema } from '../openapi/document';

/** Deeper than any schema of the document goes: what lies below is refused for its shape. */
const DEPTH_MAX = 20;

/**
 * Refuses texts with a well-formed secret in them, wherever they are in an input. Names and descriptions show up in lists,
 * mails and exports, and what people search for in URLs.
 *
 * @param schema - of the value; what it marks with `x-secret` is there to hold a secret, and fields that it does not list
 * but lets pass are neither read nor kept
 * @throws InputError that names the fields, without what they hold
 */
export function requireNoSecrets(value: unknown, schema?: Schema): void {
  const fields = [...fieldsWithSecret(value, schema, '', 0)];
  if (fields.length === 0) return;
  throw new InputError(
    fields
      .map(
        field =>
          `${
            field || 'the request'
          }: contains an API key: remove it, and revoke the key if others may have seen it`,
      )
      .join('; '),
  );
}

function* fieldsWithSecret(
  value: unknown,
  schema: Schema | undefined,
  field: string,
  depth: number,
): Generator<string> {
  if (schema?.['x-secret'] || depth > DEPTH_MAX) return;
  if (typeof value === 'string') {
    if (containsSecret(value)) yield field;
  } else if (Array.isArray(value)) {
    const items = schema?.items as Schema | undefined;
    for (const [i, item] of value.entries()) {
      yield* fieldsWithSecret(item, items, `${field}[${i}]`, depth + 1);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, property] of Object.entries(value)) {
      if (isIgnored(name, schema)) continue;
      if (containsSecret(name)) {
        yield field;
      } else {
        const path = field ? `${field}.${name}` : name;
        const inner = schemaOf(name, schema);
        yield* fieldsWithSecret(property, inner, path, depth + 1);
      }
    }
  }
}

function isIgnored(name: string, schema: Schema | undefined): boolean {
  return (
    schema?.properties !== undefined &&
    schema.additionalProperties !== false &&
    schemaOf(name, schema) === undefined
  );
}

function schemaOf(name: string, schema: Schema | undefined) {
  const properties = schema?.properties ?? {};
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}
