/** Returns the object without the fields whose value is undefined. */
export function defined<T extends object>(fields: T): T {
  const entries = Object.entries(fields).filter(([, v]) => v !== undefined);
  return Object.fromEntries(entries) as T;
}
