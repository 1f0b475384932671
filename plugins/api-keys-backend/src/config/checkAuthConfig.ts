import { Config } from '@backstage/config';
import {
  API_KEY_PROVIDER_ID,
  invalidConfigValue,
} from 'backstage-plugin-api-keys-node/internal';

/**
 * Checks the parts of the configuration that API keys depend on.
 *
 * @throws Error with a sentence that says what to add or to remove
 */
export function checkAuthConfig(config: Config): void {
  const provider = `auth.providers.${API_KEY_PROVIDER_ID}`;
  if (!config.getOptionalConfig('auth.providers')?.has(API_KEY_PROVIDER_ID)) {
    throw new Error(
      `API keys need an entry in the configuration: add '${provider}: {}' to your app-config`,
    );
  }
  const algorithm = config.getOptionalString('auth.identityTokenAlgorithm');
  if (algorithm !== undefined && algorithm !== 'ES256') {
    throw invalidConfigValue(
      'auth.identityTokenAlgorithm',
      algorithm,
      'ES256 (or left out) for API keys: only its signatures tell user tokens apart',
    );
  }
}
