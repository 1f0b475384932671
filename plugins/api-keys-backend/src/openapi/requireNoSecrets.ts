import { InputError } from '@backstage/errors';
import { containsSecret } from 'backstage-plugin-api-keys-node/internal';
import { Schema } from './document';

/** Exceeds the depth of all schemas in the document: deeper values are rejected for their shape. */
const DEPTH_MAX = 20;

/**
 * Rejects well-formed secrets in the texts of an input. Names and descriptions appear in lists, e-mails and exports, and search
 * terms in URLs.
 *
 * @param schema - of the value; fields that it marks with `x-secret` may hold a secret, and additional fields that it does not
 *   list are neither read nor stored
 * @throws InputError that names the fields, without their values
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
