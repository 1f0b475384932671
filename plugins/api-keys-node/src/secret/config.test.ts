import { ConfigReader } from '@backstage/config';
import { readSecretPrefix } from './config';

const read = (prefix?: string) =>
  readSecretPrefix(new ConfigReader({ apiKeys: { secret: { prefix } } }));

it('is bsk unless configured', () => {
  expect(read()).toBe('bsk');
  expect(read('acme')).toBe('acme');
});

it('says what is allowed instead of a wrong prefix', () => {
  expect(() => read('Acme_')).toThrow(
    'Invalid config: apiKeys.secret.prefix is "Acme_", and must be 2 to 12 lower case letters and digits that start with a letter',
  );
});
