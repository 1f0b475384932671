import { JsonObject, JsonValue } from '@backstage/types';
import { Operation, Schema } from '../openapi/document';

/** Input that an operation has to reject. */
export type BadInput = {
  what: string;
  /** Text that the message has to contain. */
  named: string;
  /** Query without the question mark. */
  query?: string;
  /** Body in JSON. */
  body?: string;
};

const VALUES: JsonValue[] = ['x', 7, 1.5, true, [], {}, null];

/** Invalid strings, by words of the message that asks for valid ones. */
const STRINGS: { [words: string]: string[] } = {
  'ISO 8601 time': [
    'never',
    'NaN',
    '1893456000',
    '1893456000000',
    '2030-02-01',
    '2030-02-01T00:00:00',
    '2026-02-30T00:00:00Z',
    '2030-02-01T24:00:00Z',
    '2030-02-01T23:59:60Z',
    '2030-02-01 00:00:00Z',
    '+010000-01-01T00:00:00Z',
  ],
  'must be a day': ['today', '2030', '2030-2-1', '2026-02-30', '20300201'],
  'ISO 8601 duration': [
    'never',
    '90 days',
    '90',
    'P',
    'PT',
    'P0D',
    'PT0S',
    '-P1D',
    'P-1D',
    'P1H',
    'P1.5D',
    'P99999999Y',
  ],
  'entity ref': ['', 'ada', 'user:ada', 'default/ada', 'a:b/c/d', 'a:b/\0'],
  'id of a key': ['', '7', '00000000-0000-4000-8000-00000000000g'],
  'control characters': ['\0', 'a\u0007b', 'a\u009fb', 'a\ud800b'],
  blank: [
    '',
    ' ',
    '\t\n',
    'a\nb',
    '\u200b',
    '\u3164',
    '\u2800',
    '\u0301',
    '\ufe0f',
  ],
  direction: ['a\u202eb', 'a\u2066b', 'a\u200fb', 'a\u061cb'],
  nextCursor: ['x', '0', '-1', '1e3', '99999999999999999999'],
};

const WHOLE_NUMBERS = ['', 'x', 'NaN', '1e1', '1e9', '0x10', ' 5', '05', '1.5'];

/** Some of them are on the prototype of every object. */
const UNKNOWN_FIELDS = ['nonsense', '__proto__', 'constructor'];

/** Returns every kind of bad query: wrong values, repeated, unknown and oddly named parameters. */
export function badQueries({ parameters }: Operation): BadInput[] {
  const query = parameters.filter(parameter => parameter.in === 'query');
  const known = query.flatMap(({ name, schema }) => [
    ...badTexts(schema).map(value => [name, `${name}=${encode(value)}`]),
    ...(schema.type === 'array' ? [] : [[name, `${name}=1&${name}=1`]]),
    [`${name}[]`, `${name}[]=1`],
    [`${name}[x]`, `${name}[x]=1`],
  ]);
  const unknown = [...UNKNOWN_FIELDS, '__proto__[x]', ''].map(name => [
    JSON.stringify(name),
    `${encode(name)}=1`,
  ]);
  return [...known, ...unknown].map(([named, text]) => ({
    what: shortened(text),
    named,
    query: text,
  }));
}

/** Returns every kind of bad body; each differs from the good one in one field. */
export function badBodies(operation: Operation, good: JsonObject): BadInput[] {
  const schema = operation.requestBody?.content['application/json'].schema ?? {
    type: 'object',
    additionalProperties: false,
  };
  return [
    { named: 'the request', value: [] as JsonValue },
    ...badFields(schema, good),
  ].map(({ named, value }) => {
    const body = JSON.stringify(value);
    return { what: shortened(body), named, body };
  });
}

type BadValue = { named: string; value: JsonValue };

/** @param path - path of the object in the body; empty for the body */
function badFields(schema: Schema, good: JsonObject, path = ''): BadValue[] {
  const { properties = {}, required = [], additionalProperties } = schema;
  const pathOf = (name: string) => (path ? `${path}.${name}` : name);
  const missing = (required as string[]).map(name => ({
    named: pathOf(name),
    value: Object.fromEntries(
      Object.entries(good).filter(([other]) => other !== name),
    ) as JsonObject,
  }));
  const unknown = UNKNOWN_FIELDS.map(name => ({
    named: `${path || 'the request'} has unknown fields: "${name}"`,
    // With a computed name, `__proto__` is an ordinary field.
    value: { ...good, [name]: {} },
  }));
  const wrong = Object.entries(properties).flatMap(([name, property]) =>
    badValues(property, good[name], pathOf(name)).map(({ named, value }) => ({
      named,
      value: { ...good, [name]: value },
    })),
  );
  return [
    ...missing,
    ...(additionalProperties === false ? unknown : []),
    ...wrong,
  ];
}

function badValues(
  schema: Schema,
  good: JsonValue | undefined,
  path: string,
): BadValue[] {
  if (schema.anyOf) {
    const [one] = schema.anyOf as Schema[];
    return badValues(one, good, path).filter(({ value }) => value !== null);
  }
  const types = [schema.type].flat();
  const here = [
    ...VALUES.filter(value => !types.some(type => isOf(value, type))),
    ...(types.includes('string') ? badStrings(schema) : []),
    ...(types.includes('integer') ? badNumbers(schema) : []),
    ...(types.includes('array') ? badLists(schema) : []),
  ].map(value => ({ named: path, value }));
  return types.includes('object')
    ? [...here, ...badFields(schema, (good as JsonObject) ?? {}, path)]
    : here;
}

/** Returns texts that are invalid as values of a query parameter. */
function badTexts(schema: Schema): string[] {
  const { type, items, minimum, maximum } = schema;
  if (type === 'array') return badTexts(items as Schema);
  if (type !== 'integer') {
    return badStrings(schema).filter(text => !/\p{Cs}/u.test(text));
  }
  return [
    ...WHOLE_NUMBERS,
    ...[Number(minimum) - 1, Number(maximum) + 1].map(String),
  ];
}

function badStrings(schema: Schema): string[] {
  const message = String(schema['x-message'] ?? '');
  return [
    ...(schema.enum ? ['', 'nonsense', `${[schema.enum].flat()[0]} `] : []),
    ...(schema.minLength ? [''] : []),
    ...(schema.maxLength ? ['x'.repeat(Number(schema.maxLength) + 1)] : []),
    ...Object.entries(STRINGS).flatMap(([words, strings]) =>
      message.includes(words) ? strings : [],
    ),
  ];
}

function badNumbers({ minimum, maximum }: Schema): number[] {
  return [
    ...(minimum === undefined ? [] : [Number(minimum) - 1]),
    ...(maximum === undefined ? [] : [Number(maximum) + 1]),
  ];
}

function badLists({ items, minItems, maxItems }: Schema): JsonValue[] {
  const [wrong] = badValues(items as Schema, undefined, '');
  return [
    [wrong.value],
    ...(minItems ? [[]] : []),
    ...(maxItems ? [Array(Number(maxItems) + 1).fill('x')] : []),
  ];
}

function isOf(value: JsonValue, type: string | undefined): boolean {
  if (value === null) return type === 'null';
  if (Array.isArray(value)) return type === 'array';
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function encode(text: string): string {
  return encodeURIComponent(text);
}
