import {
  ApiKeyPolicyField,
  ApiKeyPolicyOverride,
} from 'backstage-plugin-api-keys-common';
import { wholeDays } from '../../shared/time/durations';
import {
  POLICY_FIELDS,
  PolicyValue,
  policyValue,
  toPolicy,
} from './policyFields';

/** `kept` is a duration as it was set: nobody enters one that is not in whole days, but some client may have set it. */
export type LimitChoice =
  | 'unset'
  | 'number'
  | 'kept'
  | 'none'
  | 'yes'
  | 'no'
  | 'plugins';

/** A field of the form. */
export type LimitInput = {
  choice: LimitChoice;
  /** What was typed for a `number` of days, keys or plugins. */
  number: string;
  /** An ISO duration that can be kept. */
  kept?: string;
  /** The ids of the `plugins`. */
  plugins?: readonly string[];
};

export type PolicyForm = Record<ApiKeyPolicyField, LimitInput>;

/** What there is to choose from in a field. */
export function limitChoices(
  field: ApiKeyPolicyField,
  { choice, kept }: LimitInput,
): LimitChoice[] {
  switch (field) {
    case 'lifetime.allowUnlimited':
    case 'restrictions.required':
      return ['unset', 'yes', 'no'];
    case 'restrictions.forbidden':
      // It adds to what is configured, so that to add nothing is for those who have set that by other means.
      return choice === 'none'
        ? ['unset', 'plugins', 'none']
        : ['unset', 'plugins'];
    case 'restrictions.maxPlugins':
      return ['unset', 'number', 'none'];
    default:
  }
  const choices: LimitChoice[] = ['unset', 'number'];
  if (kept !== undefined) choices.push('kept');
  if (field.startsWith('inactivity.')) choices.push('none');
  return choices;
}

/** The form that says what a policy says. */
export function toPolicyForm(policy: ApiKeyPolicyOverride = {}): PolicyForm {
  return Object.fromEntries(
    POLICY_FIELDS.map(field => [field, toInput(policyValue(policy, field))]),
  ) as PolicyForm;
}

function toInput(value: PolicyValue | undefined): LimitInput {
  if (value === undefined) return { choice: 'unset', number: '' };
  if (value === null) return { choice: 'none', number: '' };
  if (typeof value === 'boolean') {
    return { choice: value ? 'yes' : 'no', number: '' };
  }
  if (isList(value)) {
    return value.length > 0
      ? { choice: 'plugins', number: '', plugins: value }
      : { choice: 'none', number: '' };
  }
  const number = typeof value === 'number' ? value : wholeDays(value);
  return number === undefined
    ? { choice: 'kept', number: '', kept: `${value}` }
    : { choice: 'number', number: `${number}` };
}

/** The policy that the form says, as far as it has no problems. */
export function fromPolicyForm(form: PolicyForm): ApiKeyPolicyOverride {
  return toPolicy(
    POLICY_FIELDS.flatMap(field => {
      const value = fromInput(field, form[field]);
      return value === undefined ? [] : [{ field, value }];
    }),
  );
}

/** What a field of the form says; `undefined` for nothing. */
export function fromInput(
  field: ApiKeyPolicyField,
  { choice, number, kept, plugins }: LimitInput,
): PolicyValue | undefined {
  switch (choice) {
    case 'yes':
      return true;
    case 'no':
      return false;
    case 'none':
      return field === 'restrictions.forbidden' ? [] : null;
    case 'plugins':
      return plugins ?? [];
    case 'kept':
      return kept;
    case 'number':
      return isCount(field) ? Number(number) : `P${Number(number)}D`;
    default:
      return undefined;
  }
}

/** Whether the numbers of a field count keys or plugins, and not days. */
export function isCount(field: ApiKeyPolicyField): boolean {
  return field === 'limits.keysPerOwner' || field === 'restrictions.maxPlugins';
}

function isList(value: PolicyValue): value is readonly string[] {
  return Array.isArray(value);
}
