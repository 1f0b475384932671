import fc from 'fast-check';
import { displayText, foldText, isolateText, matchesText } from './texts';

const anyText = fc.string({ unit: 'grapheme', maxLength: 20 });

describe('foldText', () => {
  it.each([
    ['Größe', 'GRÖSSE'],
    ['Größe', 'GRÖẞE'],
    ['Müller', 'MU\u0308LLER'],
    ['İstanbul', 'istanbul'],
    ['I\u0307stanbul', 'ISTANBUL'],
    ['ılık', 'ILIK'],
    ['ΟΔΟΣ', 'οδος'],
    ['ﬁnal', 'Final'],
    ['Ｄｅｐｌｏｙ', 'deploy'],
    ['de\u00adploy\u200b', 'deploy'],
    [' deploy ', 'deploy'],
    ['❤️', '❤'],
    ['two\u00a0 blanks\r\n\tnext', 'two blanks next'],
    ['a\u0000b', 'a b'],
  ])('makes %j and %j the same', (one, other) => {
    expect(foldText(one)).toBe(foldText(other));
  });

  it('is the same for every form of a text and every case, and when it is repeated', () => {
    fc.assert(
      fc.property(anyText, text => {
        const folded = foldText(text);
        expect(foldText(folded)).toBe(folded);
        for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const) {
          expect(foldText(text.normalize(form))).toBe(folded);
        }
        expect(foldText(text.toUpperCase())).toBe(folded);
        expect(foldText(text.toLowerCase())).toBe(folded);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps what is different apart', () => {
    expect(foldText('Bar')).not.toBe(foldText('Bär'));
    expect(foldText('👩‍💻')).not.toBe(foldText('👩'));
  });
});

describe('matchesText', () => {
  it.each([
    ['Nächtlicher Lauf', ' NÄCHT '],
    ['Nächtlicher Lauf', 'na\u0308cht'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['ΟΔΟΣ ΑΒ', 'ΟΔΟΣ'],
    ['anything', ''],
  ])('finds in %j what was typed as %j', (text, searched) => {
    expect(matchesText(text, searched)).toBe(true);
  });

  it('does not find what is not there', () => {
    expect(matchesText('nightly', 'daily')).toBe(false);
  });
});

describe('displayText', () => {
  it('shows what controls the output or its direction as a replacement character', () => {
    expect(displayText('a\u202eb\u2069c\u001bd\u2028e')).toBe(
      'a\ufffdb\ufffdc\ufffdd\ufffde',
    );
  });

  it('leaves everything else as it is, line breaks too', () => {
    for (const text of ['a\tb\r\nc', '👩‍💻 ❤️', 'می\u200cخواهم', 'גיבוי']) {
      expect(displayText(text)).toBe(text);
    }
  });
});

describe('isolateText', () => {
  it('keeps a text from right to left from moving what follows it', () => {
    expect(isolateText('גיבוי')).toBe('\u2068גיבוי\u2069');
    expect(isolateText('a\u2069שb')).toBe('\u2068a\ufffdשb\u2069');
  });

  it('leaves others without characters that nobody typed', () => {
    expect(isolateText('Nächtlich 👩‍💻')).toBe('Nächtlich 👩‍💻');
    expect(isolateText('a\u202eb')).toBe('a\ufffdb');
  });
});
