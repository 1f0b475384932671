import { Config } from '@backstage/config';
import { invalidConfigValue } from '../config/invalidValue';
import { DEFAULT_SECRET_PREFIX, isValidSecretPrefix } from './format';

/**
 * Reads `apiKeys.secret.prefix`.
 *
 * @throws Error naming the key, the value and what is allowed
 * @public
 */
export function readSecretPrefix(config: Config): string {
  const prefix =
    config.getOptionalString('apiKeys.secret.prefix') ?? DEFAULT_SECRET_PREFIX;
  if (!isValidSecretPrefix(prefix)) {
    throw invalidConfigValue(
      'apiKeys.secret.prefix',
      prefix,
      '2 to 12 lower case letters and digits that start with a letter',
    );
  }
  return prefix;
}
