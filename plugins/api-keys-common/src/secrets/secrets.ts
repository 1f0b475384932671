import { locateSecrets } from './locateSecrets';

/**
 * Returns the well-formed secrets in a text, each once: those with the right checksum, with any prefix and any surrounding
 * text, including percent-encoded ones. Their keys may not exist.
 *
 * @public
 */
export function findSecrets(text: string): string[] {
  const found = new Set<string>();
  for (const { secret } of locateSecrets(text)) found.add(secret);
  return [...found];
}

/**
 * Returns whether there is a well-formed secret in a text.
 *
 * @public
 */
export function containsSecret(text: string): boolean {
  return !locateSecrets(text).next().done;
}

/**
 * Replaces each well-formed secret in a text by its prefix and `[redacted]`.
 *
 * @public
 */
export function redactSecrets(text: string): string {
  let redacted = '';
  let position = 0;
  for (const { start, end, secret } of locateSecrets(text)) {
    const prefix = secret.slice(0, secret.indexOf('_') + 1);
    redacted += `${text.slice(position, start)}${prefix}[redacted]`;
    position = end;
  }
  return position === 0 ? text : redacted + text.slice(position);
}
