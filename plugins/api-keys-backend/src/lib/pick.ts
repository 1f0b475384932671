/** Returns the named fields of an object, also those that are undefined. */
export function pick<T extends object, Name extends keyof T>(
  object: T,
  names: readonly Name[],
): Pick<T, Name> {
  const entries = names.map(name => [name, object[name]]);
  return Object.fromEntries(entries) as Pick<T, Name>;
}
