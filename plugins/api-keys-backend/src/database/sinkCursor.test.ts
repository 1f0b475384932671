import fc from 'fast-check';
import { cursorOf, isDone } from './sinkCursor';

it('a cursor distinguishes done and pending positions', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 30 }),
      fc.infiniteStream(fc.boolean()),
      fc.integer({ min: 0, max: 9 }),
      (positions, pendings, further) => {
        const window = [...positions].sort((a, b) => a - b);
        const pending = new Set(window.filter(() => pendings.next().value));
        const end = (window.at(-1) ?? 0) + further;
        const cursor = cursorOf(window, pending, end);
        for (const position of window) {
          expect(isDone(cursor, position)).toBe(!pending.has(position));
        }
        expect(isDone(cursor, end + 1)).toBe(false);
        expect(pending.size > 0 || isDone(cursor, end)).toBe(true);
      },
    ),
  );
});

it('a cursor has one range for consecutive done positions', () => {
  const window = Array.from({ length: 10_000 }, (_, i) => i + 1);
  expect(cursorOf(window, new Set([1, 5000]), 10_000)).toEqual({
    position: 0,
    doneAhead: [
      [2, 4999],
      [5001, 10_000],
    ],
  });
});
