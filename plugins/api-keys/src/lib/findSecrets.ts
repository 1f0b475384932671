/**
 * What looks like the secret of a key (prefix, random part, checksum), wherever it stands in a text. What follows a
 * backslash is skipped: in the logs of many programs, `\n` is the end of a line and not the start of a prefix.
 */
const SECRET = /(?<!\\)[a-z][a-z0-9]{1,11}_[0-9A-Za-z]{49}/g;

/** The secrets in a text, each once. */
export function findSecrets(text: string): string[] {
  return [...new Set(text.match(SECRET))];
}
