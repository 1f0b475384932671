import {
  ApiKeyPolicyField,
  ApiKeyPolicyOverride,
} from 'backstage-plugin-api-keys-common';

/** Type of a field: a duration, a number of keys or plugins, a flag, or plugin ids. */
type PolicyFieldType = 'days' | 'keys' | 'plugins' | 'flag' | 'pluginIds';

type PolicyFieldSpec = {
  type: PolicyFieldType;
  /** Set if the field can be set to `null`, which is no limit. */
  nullable?: boolean;
};

/** The fields of a policy, in the order of the page. */
const POLICY_FIELD_SPECS: Record<ApiKeyPolicyField, PolicyFieldSpec> = {
  'lifetime.max': { type: 'days' },
  'lifetime.default': { type: 'days' },
  'lifetime.allowUnlimited': { type: 'flag' },
  'inactivity.max': { type: 'days', nullable: true },
  'inactivity.default': { type: 'days', nullable: true },
  'limits.keysPerOwner': { type: 'keys' },
  'restrictions.required': { type: 'flag' },
  'restrictions.maxPlugins': { type: 'plugins', nullable: true },
  'restrictions.forbidden': { type: 'pluginIds' },
};

export const POLICY_FIELDS = Object.keys(
  POLICY_FIELD_SPECS,
) as ApiKeyPolicyField[];

export const policyFieldSpec = (field: ApiKeyPolicyField): PolicyFieldSpec =>
  POLICY_FIELD_SPECS[field];

/** An ISO duration, a number, a flag or ids of plugins; `null` is no limit. */
export type PolicyValue = string | number | boolean | readonly string[] | null;

/** Returns the value of a field; `undefined` if the policy does not set it. A policy in force sets every field. */
export function policyValue(
  policy: ApiKeyPolicyOverride,
  field: ApiKeyPolicyField,
): PolicyValue | undefined {
  const [section, name] = field.split('.');
  const values: Record<string, Record<string, PolicyValue> | undefined> =
    policy;
  return values[section]?.[name];
}

/** Returns the fields that a policy sets, with their values. */
export function policyEntries(
  policy: ApiKeyPolicyOverride,
): { field: ApiKeyPolicyField; value: PolicyValue }[] {
  return POLICY_FIELDS.flatMap(field => {
    const value = policyValue(policy, field);
    return value === undefined ? [] : [{ field, value }];
  });
}

/** Returns a policy that sets these fields only. */
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
