import fc from 'fast-check';
import {
  generateSecret,
  isValidSecretPrefix,
  isWellFormedSecret,
  looksLikeSecret,
} from './format';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const prefixes = fc.stringMatching(/^[a-z][a-z0-9]{1,11}$/);
const secrets = prefixes.map(generateSecret);

describe('the form of secrets', () => {
  it('is the prefix, 43 random and 6 checksum characters', () => {
    fc.assert(
      fc.property(prefixes, prefix => {
        const secret = generateSecret(prefix);
        expect(secret).toMatch(/^[a-z][a-z0-9]{1,11}_[0-9A-Za-z]{49}$/);
        expect(secret.startsWith(`${prefix}_`)).toBe(true);
        expect(isWellFormedSecret(secret)).toBe(true);
      }),
    );
  });

  it('never changes: secrets made long ago are still well-formed', () => {
    // Made with Python's zlib: the CRC-32 of what stands before it is 0x212e5a4c, in base62 0bfnQq.
    const body = `bsk_${'0123456789'.repeat(4)}012`;
    expect(isWellFormedSecret(`${body}0bfnQq`)).toBe(true);
  });

  it('shows every change of one character', () => {
    fc.assert(
      fc.property(
        secrets,
        fc.nat(),
        fc.constantFrom(...BASE62),
        (secret, n, character) => {
          const index = n % secret.length;
          fc.pre(secret[index] !== character);
          const changed =
            secret.slice(0, index) + character + secret.slice(index + 1);
          expect(isWellFormedSecret(changed)).toBe(false);
        },
      ),
    );
  });

  it('shows two neighbours that were swapped, and a character lost or doubled', () => {
    fc.assert(
      fc.property(secrets, fc.nat(), (secret, n) => {
        const i = n % (secret.length - 1);
        const [before, a, b, after] = [
          secret.slice(0, i),
          secret[i],
          secret[i + 1],
          secret.slice(i + 2),
        ];
        const swapped = before + b + a + after;
        expect(isWellFormedSecret(swapped)).toBe(swapped === secret);
        expect(isWellFormedSecret(before + a + after)).toBe(false);
        expect(isWellFormedSecret(before + a + a + b + after)).toBe(false);
      }),
    );
  });

  it('is not what other text has', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), text => {
        expect(isWellFormedSecret(text)).toBe(false);
      }),
    );
    expect(isWellFormedSecret(`${generateSecret('bsk')}\n`)).toBe(false);
    expect(isWellFormedSecret(` ${generateSecret('bsk')}`)).toBe(false);
  });

  it('uses every character equally often', () => {
    const counts = new Map<string, number>();
    const secretCount = 20_000;
    for (let i = 0; i < secretCount; i++) {
      for (const character of generateSecret('bsk').slice(4, 47)) {
        counts.set(character, (counts.get(character) ?? 0) + 1);
      }
    }
    const expected = (secretCount * 43) / 62;
    expect([...counts.keys()].sort().join('')).toBe(
      [...BASE62].sort().join(''),
    );
    for (const count of counts.values()) {
      // About nine standard deviations; taking bytes modulo 62 would be off by 21 % for some.
      expect(Math.abs(count / expected - 1)).toBeLessThan(0.08);
    }
  });

  it('never repeats', () => {
    const many = Array.from({ length: 10_000 }, () => generateSecret('bsk'));
    expect(new Set(many).size).toBe(many.length);
  });
});

it.each([
  ['bsk', true],
  ['b2', true],
  ['abcdefghijkl', true],
  ['', false],
  ['b', false],
  ['abcdefghijklm', false],
  ['BSK', false],
  ['2fa', false],
  ['b_k', false],
  ['bsk\n', false],
])('the prefix %j is valid: %s', (prefix, valid) => {
  expect(isValidSecretPrefix(prefix)).toBe(valid);
});

describe('a credential looks like a secret', () => {
  it.each<[string, string, boolean]>([
    ['with the configured prefix, however garbled', 'bsk_garbled', true],
    ['with another prefix, if it is well-formed', generateSecret('old'), true],
    ['with another prefix, if it is garbled', 'old_garbled', false],
    ['of another system', `ghp_${'x'.repeat(36)}`, false],
    ['that is a JWT', 'eyJhbGciOiJFUzI1NiJ9.e30.x', false],
  ])('%s', (_, text, looksLike) => {
    expect(looksLikeSecret(text, 'bsk')).toBe(looksLike);
  });
});
