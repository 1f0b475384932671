import {
  containsSecret,
  findSecrets,
  redactSecrets,
} from 'backstage-plugin-api-keys-common';
import fc from 'fast-check';
import { FOREIGN_TEXTS } from './__testUtils__/foreignTexts';
import { LEAKED_TEXTS } from './__testUtils__/leakedTexts';
import { generateSecret, isWellFormedSecret } from './format';

const prefixes = fc.stringMatching(/^[a-z][a-z0-9]{1,11}$/);
const secrets = prefixes.map(generateSecret);
const SECRET = generateSecret('bsk');

describe('secrets in texts', () => {
  it.each(Object.entries(LEAKED_TEXTS))('are found in %s', (_, around) => {
    const text = around(SECRET);
    expect(findSecrets(text)).toEqual([SECRET]);
    expect(containsSecret(text)).toBe(true);
    expect(redactSecrets(text)).toBe(around('bsk_[redacted]'));
  });

  it.each(Object.entries(FOREIGN_TEXTS))(
    'are not what other text has: %s',
    (_, make) => {
      for (let i = 0; i < 20; i++) {
        const text = make();
        expect(findSecrets(text)).toEqual([]);
        expect(containsSecret(text)).toBe(false);
        expect(redactSecrets(text)).toBe(text);
      }
    },
  );

  it('are what the generator makes and the verifier takes, and nothing else', () => {
    const changed = fc
      .tuple(secrets, fc.nat(), fc.constantFrom(...'azAZ09_-'))
      .map(([secret, n, character]) => {
        const i = n % secret.length;
        return secret.slice(0, i) + character + secret.slice(i + 1);
      });
    fc.assert(
      fc.property(fc.oneof(secrets, changed), text => {
        expect(findSecrets(text).includes(text)).toBe(isWellFormedSecret(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('are found whatever stands around them, with every prefix', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string(), secrets)),
        fc.string(),
        (parts, rest) => {
          const text = parts.flat().join('') + rest;
          for (const [, secret] of parts) {
            expect(findSecrets(text)).toContain(secret);
            expect(redactSecrets(text)).not.toContain(secret);
          }
          expect(containsSecret(redactSecrets(text))).toBe(false);
        },
      ),
    );
  });

  it.each<[string, (secret: string) => string]>([
    ['next to letters and digits', secret => `x9${secret}Z9`],
    ['after an escaped line break', secret => `curl\\n${secret}`],
    ['in a query', secret => `/search?q=${secret}&page=2`],
    ['after an encoded character', secret => `%3d${secret}%26`],
    ['with its underscore encoded', secret => secret.replace('_', '%5F')],
    [
      'with every character encoded',
      secret =>
        [...secret].map(c => `%${c.charCodeAt(0).toString(16)}`).join(''),
    ],
  ])('are found %s', (_, around) => {
    const text = `${around(SECRET)} and again: ${SECRET}`;
    expect(findSecrets(text)).toEqual([SECRET]);
    expect(redactSecrets(text)).toContain('bsk_[redacted]');
    expect(containsSecret(redactSecrets(text))).toBe(false);
    expect(decodeURIComponent(redactSecrets(text))).not.toContain(SECRET);
  });

  it('are not hidden by a percent sign before them', () => {
    const secret = generateSecret('abc');
    expect(findSecrets(`100%${secret}`)).toEqual([secret]);
    expect(redactSecrets(`100%${secret}`)).toBe('100%abc_[redacted]');
  });

  it('are each found once, in their order', () => {
    const other = generateSecret('acme2');
    const text = `${other}${SECRET} ${other}`;
    expect(findSecrets(text)).toEqual([other, SECRET]);
    expect(redactSecrets(text)).toBe(
      'acme2_[redacted]bsk_[redacted] acme2_[redacted]',
    );
  });

  it('take no time to speak of in long texts that look like many of them', () => {
    const nearly = `${'a'.repeat(12)}_${'0'.repeat(48)}_`.repeat(20_000);
    // With the square of a length like this, the test would not end in time.
    for (const text of [nearly, '_'.repeat(1e6), `%5F${nearly}`]) {
      expect(containsSecret(text)).toBe(false);
    }
  });
});
