import { findImplausibility } from './catalogSanityCheck';

const VANISHED = /vanished at once/;

describe('findImplausibility', () => {
  it.each<[string, Parameters<typeof findImplausibility>[0]]>([
    ['nobody has left', { hasAny: true, present: 3, vanished: 0 }],
    ['one of three left', { hasAny: true, present: 2, vanished: 1 }],
    ['one of two left', { hasAny: true, present: 1, vanished: 1 }],
    [
      'the only one left, and there are others without keys',
      { hasAny: true, present: 0, vanished: 1 },
    ],
    ['two of four left', { hasAny: true, present: 2, vanished: 2 }],
    ['half of many left', { hasAny: true, present: 500, vanished: 500 }],
    [
      'all have been missing for long',
      { hasAny: true, present: 0, vanished: 0 },
    ],
  ])('accepts that %s', (_, look) => {
    expect(findImplausibility(look)).toBeUndefined();
  });

  it.each<[string, Parameters<typeof findImplausibility>[0], RegExp]>([
    [
      'the only one left an empty catalog',
      { hasAny: false, present: 0, vanished: 1 },
      /none at all/,
    ],
    [
      'the catalog is empty since those who left earlier',
      { hasAny: false, present: 0, vanished: 0 },
      /none at all/,
    ],
    [
      'two of three left at once',
      { hasAny: true, present: 1, vanished: 2 },
      VANISHED,
    ],
    ['both left at once', { hasAny: true, present: 0, vanished: 2 }, VANISHED],
    [
      'more than half of many left at once',
      { hasAny: true, present: 499, vanished: 501 },
      VANISHED,
    ],
  ])('considers it implausible that %s', (_, look, reason) => {
    expect(findImplausibility(look)).toMatch(reason);
  });
});
