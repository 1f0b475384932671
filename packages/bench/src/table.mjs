export const count = number =>
  Math.round(number).toLocaleString('en-US').replace(/,/g, ' ');

/** Formats three significant digits. */
export function figure(number) {
  if (number >= 100) return count(number);
  return number.toFixed(number < 1 ? 2 : 1);
}

/** Formats a ratio as a factor. */
export function ratio(number) {
  return number < 10 ? number.toFixed(2) : count(number);
}

/**
 * Renders a table in Markdown.
 *
 * @param columns - `[heading, alignment]`, the alignment in Markdown's syntax
 */
export function table(columns, rows) {
  const line = cells => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(([heading]) => heading)),
    line(columns.map(([, alignment = '--:']) => alignment)),
    ...rows.map(line),
  ].join('\n');
}

/** Renders a value, its target, and a mark that shows if the target is met. */
export function held(value, promise) {
  const { atMost, atLeast } = promise;
  const isKept = atMost === undefined ? value >= atLeast : value <= atMost;
  const bound = atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;
  return `${isKept ? '✔' : '✖'} ${ratio(value)} (${bound})`;
}
