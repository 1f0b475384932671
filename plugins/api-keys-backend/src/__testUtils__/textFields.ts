import { Operation, Schema } from '../openapi/document';

/** Place in the requests of an operation that takes a text. */
export type TextField = {
  in: 'path' | 'query' | 'body';
  /** Name as in error responses: `filter.owner`, `ids[0]`. */
  name: string;
  /** True if the field is meant to hold a secret. */
  isSecret: boolean;
  /** Returns a body or a parameter value with only this text. */
  holding(text: string): unknown;
};

/** Finds every place in the requests of an operation that takes a text, by the schemas of the document. */
export function textFieldsOf(operation: Operation): TextField[] {
  const { parameters, requestBody } = operation;
  const ofParameters = parameters.flatMap(({ name, in: place, schema }) =>
    place === 'header'
      ? []
      : textsIn(schema, name).map(field => ({ ...field, in: place })),
  );
  const bodies = Object.values(requestBody?.content ?? {});
  const ofBodies = bodies.flatMap(({ schema }) =>
    textsIn(schema, '').map(field => ({ ...field, in: 'body' as const })),
  );
  return [...ofParameters, ...ofBodies];
}

type Text = Omit<TextField, 'in'>;

function textsIn(schema: Schema, name: string, isSecret = false): Text[] {
  const secret = isSecret || schema['x-secret'] === true;
  const inside = (inner: Schema, path: string, wrap: Text['holding']) =>
    textsIn(inner, path, secret).map(text => ({
      ...text,
      holding: (value: string) => wrap(text.holding(value) as string),
    }));

  const alternatives = [schema.anyOf, schema.oneOf, schema.allOf]
    .flatMap(list => (list ?? []) as Schema[])
    .flatMap(each => textsIn(each, name, secret));
  const properties = Object.entries(schema.properties ?? {}).flatMap(
    ([property, inner]) =>
      inside(inner, name ? `${name}.${property}` : property, value => ({
        [property]: value,
      })),
  );
  const items = schema.items
    ? inside(schema.items as Schema, `${name}[0]`, value => [value])
    : [];
  const itself = [schema.type].flat().includes('string')
    ? [{ name, isSecret: secret, holding: (text: string) => text }]
    : [];
  return [...itself, ...properties, ...items, ...alternatives];
}
