import { InputError } from '@backstage/errors';
import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import { KeyPolicy } from './policy';

/**
 * Checks the restrictions of a new key against a policy.
 *
 * @throws InputError naming the field
 */
export function requirePolicyOfRestrictions(
  policy: KeyPolicy['restrictions'],
  accessRestrictions: readonly ApiKeyAccessRestriction[] | undefined,
): void {
  const problem = problemOf(policy, accessRestrictions);
  if (problem) throw new InputError(problem);
}

/**
 * Checks the restrictions of a successor, which keeps those of its predecessor. If a policy has become stricter since, the
 * restrictions are not narrowed automatically: a person has to choose them.
 *
 * @throws InputError that says to create a new key
 */
export function requirePolicyOfSuccessor(
  policy: KeyPolicy['restrictions'],
  accessRestrictions: readonly ApiKeyAccessRestriction[] | undefined,
): void {
  const problem = problemOf(policy, accessRestrictions);
  if (!problem) return;
  throw new InputError(
    `The API key cannot be rotated, since its successor would be for the same: ${problem}. Make a new API key that is restricted, and revoke this one`,
  );
}

function problemOf(
  { required, maxPlugins = Infinity, forbidden }: KeyPolicy['restrictions'],
  accessRestrictions: readonly ApiKeyAccessRestriction[] | undefined,
): string | undefined {
  if (!accessRestrictions) {
    return required
      ? 'accessRestrictions must list the plugins that the API key is for'
      : undefined;
  }
  if (accessRestrictions.length > maxPlugins) {
    return `accessRestrictions must list ${maxPlugins} plugins at most, and lists ${accessRestrictions.length}`;
  }
  const index = accessRestrictions.findIndex(({ plugin }) =>
    forbidden.includes(plugin),
  );
  return index < 0
    ? undefined
    : `accessRestrictions[${index}].plugin must not be '${accessRestrictions[index].plugin}', which is forbidden for API keys`;
}
