import { API_KEY_NAME_MAX_LENGTH } from 'backstage-plugin-api-keys-common';
import { copyName, splitCopyName } from './copyName';

describe('the name of a copy', () => {
  it.each<[string, string[], string]>([
    ['Deploy', [], 'Deploy (Copy)'],
    ['Deploy', ['Deploy'], 'Deploy (Copy)'],
    ['Deploy', ['Deploy (Copy)'], 'Deploy (Copy 2)'],
    ['Deploy', ['Deploy (Copy)', 'Deploy (Copy 2)'], 'Deploy (Copy 3)'],
    ['Deploy (Copy)', [], 'Deploy (Copy 2)'],
    ['Deploy (Copy)', ['Deploy (Copy 2)'], 'Deploy (Copy 3)'],
    ['Deploy (Copy 9)', ['Deploy (Copy)'], 'Deploy (Copy 10)'],
    // No names of copies.
    ['Deploy (Kopie)', [], 'Deploy (Kopie) (Copy)'],
    ['Deploy (Copyright)', [], 'Deploy (Copyright) (Copy)'],
    ['(Copy)', [], '(Copy) (Copy)'],
    ['Deploy (Copy 2', [], 'Deploy (Copy 2 (Copy)'],
  ])('of “%s” beside %j is “%s”', (name, taken, expected) => {
    expect(copyName(name, taken, 'Copy')).toBe(expected);
  });

  it('is in the language of the user', () => {
    expect(copyName('Deploy (Kopie)', [], 'Kopie')).toBe('Deploy (Kopie 2)');
  });

  it.each([
    ['letters', 'x'.repeat(API_KEY_NAME_MAX_LENGTH)],
    ['blanks', `${'x'.repeat(80)}${' '.repeat(12)}${'x'.repeat(8)}`],
    ['characters of two halves', '🔑'.repeat(API_KEY_NAME_MAX_LENGTH / 2)],
  ])('fits the maximum length with many %s', (_, name) => {
    const taken: string[] = [];
    for (let i = 1; i <= 12; i++) taken.push(copyName(name, taken, 'Copy'));
    expect(new Set(taken).size).toBe(12);
    expect(taken[11]).toMatch(/\S \(Copy 12\)$/);
    for (const copy of taken) {
      expect(copy.length).toBeLessThanOrEqual(API_KEY_NAME_MAX_LENGTH);
      expect(copy).not.toMatch(/\p{Surrogate}/u);
    }
  });

  it('continues counting after a truncated name', () => {
    const first = copyName('x'.repeat(100), [], 'Copy');
    expect(copyName(first, [first], 'Copy')).toBe(`${'x'.repeat(91)} (Copy 2)`);
  });

  it('derives the name of the original', () => {
    expect(splitCopyName('Deploy (Copy 2)', 'Copy')).toEqual({
      stem: 'Deploy',
      number: 2,
    });
  });
});
