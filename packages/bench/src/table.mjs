export const count = number =>
  Math.round(number).toLocaleString('en-US').replace(/,/g, ' ');

/** Three digits that mean something. */
export function figure(number) {
  if (number >= 100) return count(number);
  return number.toFixed(number < 1 ? 2 : 1);
}

/** How many times as much. */
export function ratio(number) {
  return number < 10 ? number.toFixed(2) : count(number);
}

/**
 * A table in Markdown.
 *
 * @param columns - `[heading, alignment]`, the alignment as Markdown has it
 */
export function table(columns, rows) {
  const line = cells => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(([heading]) => heading)),
    line(columns.map(([, alignment = '--:']) => alignment)),
    ...rows.map(line),
  ].join('\n');
}

/** A value with a sign that says whether it is as promised, and what was promised. */
export function held(value, promise) {
  const { atMost, atLeast } = promise;
  const isKept = atMost === undefined ? value >= atLeast : value <= atMost;
  const bound = atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;
  return `${isKept ? '✔' : '✖'} ${ratio(value)} (${bound})`;
}
