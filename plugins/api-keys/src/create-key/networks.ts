/** The networks of a text that has one on each line. */
export function networksIn(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
}
