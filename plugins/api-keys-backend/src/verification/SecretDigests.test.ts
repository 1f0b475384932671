import { SecretDigests } from './SecretDigests';

const OLD = 'pepper-of-last-year';
const NEW = 'pepper-of-this-year';
const SECRET = 'bsk_abc';

it('is the SHA-256 of the secret', () => {
  expect(new SecretDigests([]).sign(SECRET)).toBe(
    'e9d6f5296af5aeec446516c5c68a5c99a25183cad2790ec713d85537cf8fe624',
  );
});

it('is keyed by the first pepper', () => {
  const plain = new SecretDigests([]).sign(SECRET);
  const keyed = new SecretDigests([NEW, OLD]).sign(SECRET);
  expect(keyed).toMatch(/^[0-9a-f]{64}$/);
  expect(keyed).not.toBe(plain);
  expect(keyed).not.toBe(new SecretDigests([OLD]).sign(SECRET));
});

it('is found under every remaining pepper', () => {
  const madeBefore = new SecretDigests([OLD]).sign(SECRET);
  expect(new SecretDigests([NEW, OLD]).candidates(SECRET)).toContain(
    madeBefore,
  );
  expect(new SecretDigests([NEW]).candidates(SECRET)).not.toContain(madeBefore);
});

it('without a pepper is found only if that is configured', () => {
  const plain = new SecretDigests([]).sign(SECRET);
  expect(new SecretDigests([NEW, 'none']).candidates(SECRET)).toContain(plain);
  expect(new SecretDigests([NEW]).candidates(SECRET)).not.toContain(plain);
});
