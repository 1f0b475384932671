/** First and last of consecutive positions. */
export type PositionRange = readonly [first: number, last: number];

/** Progress of a sink: all positions up to `position` are done, and the higher ones in `doneAhead`. */
export type SinkCursor = {
  position: number;
  doneAhead: readonly PositionRange[];
};

export function isDone(cursor: SinkCursor, position: number): boolean {
  return (
    position <= cursor.position ||
    cursor.doneAhead.some(
      ([first, last]) => first <= position && position <= last,
    )
  );
}

/**
 * Returns the cursor of a sink after a window of positions.
 *
 * @param window - the positions after the previous cursor that the sink has seen, in ascending order
 * @param pending - those of them that are not done
 * @param end - the end of the window: up to here, there are no further positions for the sink
 */
export function cursorOf(
  window: readonly number[],
  pending: ReadonlySet<number>,
  end: number,
): SinkCursor {
  const firstPending = window.findIndex(position => pending.has(position));
  if (firstPending === -1) return { position: end, doneAhead: [] };
  const doneAhead: [number, number][] = [];
  let open: [number, number] | undefined;
  for (const position of window.slice(firstPending)) {
    if (pending.has(position)) {
      open = undefined;
    } else if (open) {
      open[1] = position;
    } else {
      open = [position, position];
      doneAhead.push(open);
    }
  }
  return { position: window[firstPending] - 1, doneAhead };
}
