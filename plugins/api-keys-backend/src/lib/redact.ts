import { redactSecrets } from 'backstage-plugin-api-keys-node/internal';

/**
 * Redacts the secrets in all texts of a value: in objects, lists, property names and errors. Errors of databases and other
 * plugins quote their input.
 *
 * @returns the value itself if it holds no secret
 */
export function redact<T>(value: T): T {
  return redactValue(value, []) as T;
}

/** @param within - objects that contain this one; an object may contain itself */
function redactValue(value: unknown, within: readonly object[]): unknown {
  if (typeof value === 'string') return redactSecrets(value);
  if (typeof value !== 'object' || value === null) return value;
  if (within.includes(value)) return '[circular]';
  const inside = [...within, value];
  if (Array.isArray(value)) {
    const items = value.map(item => redactValue(item, inside));
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  return value instanceof Error || isPlain(value)
    ? redactProperties(value, inside)
    : value;
}

function redactProperties(value: object, inside: readonly object[]): unknown {
  let isClean = true;
  const copy = Object.create(Object.getPrototypeOf(value));
  for (const name of Object.getOwnPropertyNames(value)) {
    const descriptor = Object.getOwnPropertyDescriptor(value, name)!;
    const before = value[name as keyof typeof value];
    const after = redactValue(before, inside);
    const safeName = redactSecrets(name);
    if (after !== before || safeName !== name) isClean = false;
    Object.defineProperty(copy, safeName, {
      value: after,
      enumerable: descriptor.enumerable,
      configurable: true,
      writable: true,
    });
  }
  return isClean ? value : copy;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
