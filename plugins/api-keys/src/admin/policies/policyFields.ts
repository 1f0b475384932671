import {
  ApiKeyPolicyField,
  ApiKeyPolicyOverride,
} from 'backstage-plugin-api-keys-common';

/** The fields of a policy, in the order in which people think of them. */
export const POLICY_FIELDS = [
  'lifetime.max',
  'lifetime.default',
  'lifetime.allowUnlimited',
  'inactivity.max',
  'inactivity.default',
  'limits.keysPerOwner',
  'restrictions.required',
  'restrictions.maxPlugins',
  'restrictions.forbidden',
] as const satisfies readonly ApiKeyPolicyField[];

/** An ISO duration, a number of keys or plugins, whether something is so, or ids of plugins; `null` is none. */
export type PolicyValue = string | number | boolean | readonly string[] | null;

/** What a policy says in a field; `undefined` for nothing. A policy that is in force says something in each. */
export function policyValue(
  policy: ApiKeyPolicyOverride,
  field: ApiKeyPolicyField,
): PolicyValue | undefined {
  const [section, name] = field.split('.');
  const values: Record<string, Record<string, PolicyValue> | undefined> =
    policy;
  return values[section]?.[name];
}

/** The fields in which a policy says something, and what. */
export function policyEntries(
  policy: ApiKeyPolicyOverride,
): { field: ApiKeyPolicyField; value: PolicyValue }[] {
  return POLICY_FIELDS.flatMap(field => {
    const value = policyValue(policy, field);
    return value === undefined ? [] : [{ field, value }];
  });
}

/** A policy that says that, and nothing else. */
export function toPolicy(
  entries: readonly { field: ApiKeyPolicyField; value: PolicyValue }[],
): ApiKeyPolicyOverride {
  const policy: Record<string, Record<string, PolicyValue>> = {};
  for (const { field, value } of entries) {
    const [section, name] = field.split('.');
    policy[section] = { ...policy[section], [name]: value };
  }
  return policy;
}
