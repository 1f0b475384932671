/**
 * Returns a problem for each value that is listed before: one of the two may be meant to be another value.
 *
 * @param fieldAt - returns the name of the field at an index
 */
export function findRepeated(
  values: readonly string[],
  fieldAt: (index: number) => string,
): string[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) < index
      ? [`${fieldAt(index)}: must not be listed twice`]
      : [],
  );
}
