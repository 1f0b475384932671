import { Config } from '@backstage/config';
import {
  API_KEY_SCOPE_MAX_LENGTH,
  API_SCOPE_PREFIX,
  ApiKeyAvailableScopes,
  ApiKeyScope,
  isScopeName,
} from 'backstage-plugin-api-keys-common';
import { invalidConfigValue } from 'backstage-plugin-api-keys-node/internal';

const OFFERED = 'apiKeys.scopes.offered';

/**
 * Reads `apiKeys.scopes`.
 *
 * @throws Error naming the key, the value and what is allowed
 */
export function readScopes(config: Config): ApiKeyAvailableScopes {
  const offered = config.getOptionalConfigArray(OFFERED) ?? [];
  const configured = offered.map(readScope);
  configured.forEach(({ name }, index) => {
    if (configured.findIndex(one => one.name === name) === index) return;
    throw invalidConfigValue(
      `${OFFERED}[${index}].name`,
      name,
      'offered only once',
    );
  });
  return {
    configured,
    catalogApis:
      config.getOptionalBoolean('apiKeys.scopes.catalogApis') ?? false,
  };
}

function readScope(scope: Config, index: number): ApiKeyScope {
  const key = `${OFFERED}[${index}]`;
  const unknown = scope
    .keys()
    .find(one => !['name', 'title', 'description'].includes(one));
  if (unknown !== undefined) {
    throw new Error(
      `Invalid config: there is no ${key}.${unknown}; ${key} may hold name, title, description`,
    );
  }
  const name = scope.getOptionalString('name') ?? '';
  if (!isScopeName(name)) {
    throw invalidConfigValue(
      `${key}.name`,
      name,
      `1 to ${API_KEY_SCOPE_MAX_LENGTH} visible ASCII characters without quotes and backslashes, such as reports:read`,
    );
  }
  if (name.toLowerCase().startsWith(API_SCOPE_PREFIX)) {
    throw invalidConfigValue(
      `${key}.name`,
      name,
      `something that does not start with ${API_SCOPE_PREFIX}, as the scopes of APIs in the catalog do`,
    );
  }
  return {
    name,
    title: scope.getOptionalString('title') ?? null,
    description: scope.getOptionalString('description') ?? null,
  };
}
