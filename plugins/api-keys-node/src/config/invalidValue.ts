/**
 * What to throw for a value of the configuration that is not allowed: a sentence that names the key, the value and what is.
 *
 * @public
 */
export function invalidConfigValue(
  key: string,
  value: unknown,
  allowed: string,
): Error {
  return new Error(
    `Invalid config: ${key} is ${JSON.stringify(
      value,
    )}, and must be ${allowed}`,
  );
}
