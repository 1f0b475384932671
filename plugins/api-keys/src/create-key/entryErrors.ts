/** What is wrong with an entry of a list. */
export type EntryProblem = { entry: string; problem: string };

/** The fields that are lists, whose entries the form shows one by one. */
export type ListField = 'allowedIps' | 'scopes';

/** What a refusal says of the entries that were sent in a field. */
export function entryProblems(
  field: ListField,
  message: string,
  entries: readonly string[],
): EntryProblem[] {
  const ofField = new RegExp(`${field}\\[(\\d+)\\]:? ?([^;]*)`, 'g');
  return [...message.matchAll(ofField)].flatMap(([, index, problem]) => {
    const entry = entries[Number(index)];
    return entry === undefined ? [] : [{ entry, problem: problem.trim() }];
  });
}

/** Whether a refusal is about entries of these fields and nothing else. */
export function isAboutEntries(
  message: string,
  fields: readonly ListField[],
): boolean {
  return message
    .replace(/^Invalid request: /, '')
    .split('; ')
    .every(each => fields.some(field => each.startsWith(`${field}[`)));
}
