/**
 * Returns what is wrong with a value, as `items[2].name is not a text`, or `undefined` if it has the shape. Never quotes the value,
 * which may hold a secret.
 */
export type Shape = (value: unknown, at: string) => string | undefined;

function shapeOf(name: string, isOne: (value: unknown) => boolean): Shape {
  return (value, at) =>
    isOne(value) ? undefined : `${at || 'the body'} is not ${name}`;
}

const DURATION = /^P[\dTYMWDHS.,]+$/;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text, and any word of a closed list: an older page must bear the words of a newer backend. */
export const text = shapeOf('a text', value => typeof value === 'string');

export const time = shapeOf(
  'a time',
  value => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
);

export const duration = shapeOf(
  'a duration',
  value => typeof value === 'string' && DURATION.test(value),
);

export const number = shapeOf('a number', Number.isFinite);

export const flag = shapeOf(
  'true or false',
  value => typeof value === 'boolean',
);

/** An object with any content. */
export const anyObject = shapeOf('an object', isRecord);

/** A value, `null`, or nothing: an older backend may not have the field yet. */
export function nullable(shape: Shape): Shape {
  return (value, at) =>
    value === null || value === undefined ? undefined : shape(value, at);
}

export function optional(shape: Shape): Shape {
  return (value, at) => (value === undefined ? undefined : shape(value, at));
}

export function listOf(shape: Shape): Shape {
  const isList = shapeOf('a list', Array.isArray);
  return (value, at) =>
    isList(value, at) ??
    firstProblem(value as unknown[], (item, i) => shape(item, `${at}[${i}]`));
}

/** An object whose fields have these shapes. More fields are allowed: a newer backend may have them. */
export function object(fields: Record<string, Shape>): Shape {
  const shapes = Object.entries(fields);
  return (value, at) =>
    anyObject(value, at) ??
    firstProblem(shapes, ([name, shape]) =>
      shape((value as any)[name], at ? `${at}.${name}` : name),
    );
}

function firstProblem<Item>(
  items: Item[],
  problemOf: (item: Item, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const problem = problemOf(item, index);
    if (problem) return problem;
  }
  return undefined;
}
