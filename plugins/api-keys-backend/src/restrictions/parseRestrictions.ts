import { InputError } from '@backstage/errors';
import {
  ApiKeyAccessRestriction,
  canonicalScope,
  CreateApiKeyRequest,
} from 'backstage-plugin-api-keys-common';
import { parseNetwork } from 'backstage-plugin-api-keys-node';

const PROBLEMS_MAX = 10;
const TWICE = 'must not be listed twice';
const FOR_NOTHING =
  'accessRestrictions: must list at least one plugin, or the API key has to carry scopes';

type Restrictions = Pick<
  CreateApiKeyRequest,
  'accessRestrictions' | 'allowedIps' | 'scopes'
>;

/**
 * What a key is to be kept to, in the one way in which it is stored.
 *
 * @throws InputError naming the entries that are wrong
 */
export function parseRestrictions({
  accessRestrictions,
  allowedIps,
  scopes,
}: Restrictions): Restrictions {
  const networks = allowedIps?.map(parseNetwork);
  const canonicalScopes = scopes?.map(canonicalScope);
  refuse([
    ...(accessRestrictions?.length === 0 && !scopes ? [FOR_NOTHING] : []),
    ...(accessRestrictions ? repetitions(accessRestrictions) : []),
    ...(networks ?? []).flatMap((one, index) =>
      'problem' in one ? [`allowedIps[${index}]: ${one.problem}`] : [],
    ),
    ...repeated(canonicalScopes ?? [], index => `scopes[${index}]`),
  ]);
  const canonical = networks?.flatMap(one =>
    'network' in one ? [one.network] : [],
  );
  refuse(repeated(canonical ?? [], index => `allowedIps[${index}]`));
  return {
    accessRestrictions,
    allowedIps: canonical,
    scopes: canonicalScopes,
  };
}

/** @throws InputError that lists the first of the problems, if there are any */
export function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new InputError(problems.slice(0, PROBLEMS_MAX).join('; '));
}

/** What is said twice: one of the two may be meant to be something else. */
function repetitions(restrictions: readonly ApiKeyAccessRestriction[]) {
  return [
    ...repeated(
      restrictions.map(({ plugin }) => plugin),
      index => `accessRestrictions[${index}].plugin`,
    ),
    ...restrictions.flatMap(({ permission, permissionAttribute }, index) => {
      const entry = `accessRestrictions[${index}]`;
      return [
        ...repeated(permission ?? [], i => `${entry}.permission[${i}]`),
        ...repeated(
          permissionAttribute?.action ?? [],
          i => `${entry}.permissionAttribute.action[${i}]`,
        ),
      ];
    }),
  ];
}

function repeated(
  values: readonly string[],
  nameOf: (index: number) => string,
): string[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) < index ? [`${nameOf(index)}: ${TWICE}`] : [],
  );
}
