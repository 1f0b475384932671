import fc from 'fast-check';
import { splitList } from './splitList';

const SLACK_MAX = 3000;

const split = (lines: readonly string[], total = lines.length, about = '') =>
  splitList(lines, {
    title: 'Keys',
    about,
    total,
    link: 'https://portal/api-keys',
    lineOf: line => line,
  });

describe('a list in messages', () => {
  it('is one message as long as it fits', () => {
    expect(split(['a', 'b'], 2, 'Look.')).toEqual([
      { items: ['a', 'b'], title: 'Keys', description: 'Look.\n• a\n• b' },
    ]);
  });

  it('says how many items are left out, and where they are', () => {
    const [{ description }] = split(['a'], 3);
    expect(description).toBe('• a\nand 2 more: https://portal/api-keys');
  });

  it('fits every channel, and names each item once, in order', () => {
    const lines = fc.array(
      fc.string({ minLength: 1, maxLength: 400 }).map(s => s.padEnd(20, 'x')),
      { minLength: 1, maxLength: 120 },
    );
    fc.assert(
      fc.property(lines, fc.string({ maxLength: 500 }), (all, about) => {
        const parts = split(all, all.length, about);
        expect(parts.flatMap(({ items }) => items)).toEqual(all);
        for (const { items, description } of parts) {
          expect(items).not.toEqual([]);
          expect(description.length).toBeLessThanOrEqual(SLACK_MAX);
          for (const item of items) expect(description).toContain(item);
        }
        const titles = new Set(parts.map(({ title }) => title));
        expect(titles.size).toBe(parts.length);
      }),
    );
  });

  it('names 300 keys, and counts the rest of 5000', () => {
    const line = 'x'.repeat(180);
    const parts = split(Array(300).fill(line), 5000);
    expect(parts.flatMap(({ items }) => items)).toHaveLength(300);
    expect(parts.at(-1)?.description).toContain('and 4700 more: https://');
    expect(split(Array(5000).fill(line))).toHaveLength(25);
  });
});
