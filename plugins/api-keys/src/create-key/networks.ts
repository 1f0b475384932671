/** The networks of a text that has one on each line. */
export function parseNetworks(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
}
