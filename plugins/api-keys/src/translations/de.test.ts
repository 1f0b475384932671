import german from './de';
import { apiKeysTranslationRef } from './translationRef';

/** Internal fields of a translation ref and its messages. */
type WithMessages = { getDefaultMessages(): Record<string, string> };

const english = (
  apiKeysTranslationRef as unknown as WithMessages
).getDefaultMessages();
const translated: Record<string, string | null | undefined> = german.messages;

const placeholdersOf = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)[^}]*\}\}/g)].map(([, name]) => name).sort();

describe('the German texts', () => {
  it('are complete', () => {
    const missing = Object.keys(english).filter(key => !translated[key]);
    expect(missing).toEqual([]);
  });

  it('have no unknown keys', () => {
    const unknown = Object.keys(translated).filter(key => !(key in english));
    expect(unknown).toEqual([]);
  });

  it('have the placeholders of the English ones', () => {
    const different = Object.entries(translated).flatMap(([key, text]) => {
      const expected = placeholdersOf(english[key] ?? '');
      const found = placeholdersOf(text ?? '');
      return `${found}` === `${expected}` ? [] : [{ key, expected, found }];
    });
    expect(different).toEqual([]);
  });
});
