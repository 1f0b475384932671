/**
 * Returns an error for an invalid configuration value, which names the key, the value and the allowed values.
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
