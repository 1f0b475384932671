/** An entry of a list field, and why the backend refused it. */
export type EntryError = { entry: string; problem: string };

/** Fields whose entries have errors of their own. */
export type ListField = 'allowedIps' | 'scopes';

/** Returns the errors in a message of the backend that are about entries of a field. */
export function entryErrors(
  field: ListField,
  message: string,
  entries: readonly string[],
): EntryError[] {
  const ofField = new RegExp(`${field}\\[(\\d+)\\]:? ?([^;]*)`, 'g');
  return [...message.matchAll(ofField)].flatMap(([, index, problem]) => {
    const entry = entries[Number(index)];
    return entry === undefined ? [] : [{ entry, problem: problem.trim() }];
  });
}

/** Returns true if a message of the backend is about entries of these fields only. */
export function isAboutEntries(
  message: string,
  fields: readonly ListField[],
): boolean {
  return message
    .replace(/^Invalid request: /, '')
    .split('; ')
    .every(each => fields.some(field => each.startsWith(`${field}[`)));
}
