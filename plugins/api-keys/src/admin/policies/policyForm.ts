import {
  ApiKeyPolicyField,
  ApiKeyPolicyOverride,
} from 'backstage-plugin-api-keys-common';
import { wholeDays } from '../../shared/time/durations';
import {
  POLICY_FIELDS,
  policyFieldSpec,
  PolicyValue,
  policyValue,
  toPolicy,
} from './policyFieldSpecs';

/** `kept` is a duration that is not in whole days: the form has no input for it, but another client may have set it. */
export type LimitChoice =
  | 'unset'
  | 'number'
  | 'kept'
  | 'none'
  | 'yes'
  | 'no'
  | 'plugins';

/** State of one field. */
export type LimitInput = {
  choice: LimitChoice;
  /** Typed text for a `number` of days, keys or plugins. */
  number: string;
  /** ISO duration of `kept`. */
  kept?: string;
  /** Ids of the `plugins`. */
  plugins?: readonly string[];
};

export type PolicyValues = Record<ApiKeyPolicyField, LimitInput>;

/** Returns the choices of a field. */
export function limitChoices(
  field: ApiKeyPolicyField,
  { choice, kept }: LimitInput,
): LimitChoice[] {
  const { type, nullable } = policyFieldSpec(field);
  switch (type) {
    case 'flag':
      return ['unset', 'yes', 'no'];
    case 'pluginIds':
      // The list adds to the configured one, so an empty list is offered only if another client has set it.
      return choice === 'none'
        ? ['unset', 'plugins', 'none']
        : ['unset', 'plugins'];
    case 'days':
    case 'keys':
    case 'plugins': {
      const choices: LimitChoice[] = ['unset', 'number'];
      if (kept !== undefined) choices.push('kept');
      if (nullable) choices.push('none');
      return choices;
    }
    default:
      return type satisfies never;
  }
}

export function initialValues(policy: ApiKeyPolicyOverride = {}): PolicyValues {
  return Object.fromEntries(
    POLICY_FIELDS.map(field => [field, toInput(policyValue(policy, field))]),
  ) as PolicyValues;
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

/** Returns the policy to save. Expects values without errors. */
export function toRequest(values: PolicyValues): ApiKeyPolicyOverride {
  return toPolicy(
    POLICY_FIELDS.flatMap(field => {
      const value = parseLimit(field, values[field]);
      return value === undefined ? [] : [{ field, value }];
    }),
  );
}

/** Returns the value of an input; `undefined` if it is unset. */
export function parseLimit(
  field: ApiKeyPolicyField,
  { choice, number, kept, plugins }: LimitInput,
): PolicyValue | undefined {
  const { type } = policyFieldSpec(field);
  switch (choice) {
    case 'yes':
      return true;
    case 'no':
      return false;
    case 'none':
      return type === 'pluginIds' ? [] : null;
    case 'plugins':
      return plugins ?? [];
    case 'kept':
      return kept;
    case 'number':
      return type === 'days' ? `P${Number(number)}D` : Number(number);
    case 'unset':
      return undefined;
    default:
      return choice satisfies never;
  }
}

function isList(value: PolicyValue): value is readonly string[] {
  return Array.isArray(value);
}
