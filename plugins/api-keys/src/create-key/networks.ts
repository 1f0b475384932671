/** Parses a text with one network a line. */
export function parseNetworks(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
}
