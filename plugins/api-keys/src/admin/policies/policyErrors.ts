import {
  ApiKeyOwnerOverride,
  ApiKeyPolicyField,
  durationLength,
  ownerKindOf,
} from 'backstage-plugin-api-keys-common';
import { POLICY_FIELDS, policyFieldSpec } from './policyFieldSpecs';
import { parseLimit, PolicyValues } from './policyForm';

type NumberUnit = 'days' | 'keys' | 'plugins';

export type LimitError = NumberUnit | 'noPlugins' | 'longerThanMax';
export type LimitErrors = Partial<Record<ApiKeyPolicyField, LimitError>>;
export type OwnerError = 'ownerMissing' | 'ownerKind' | 'ownerTaken';

/** Bounds that the backend enforces. */
const BOUNDS: Record<NumberUnit, { min: number; max: number }> = {
  days: { min: 1, max: 999_999 },
  keys: { min: 0, max: 10_000 },
  plugins: { min: 1, max: 100 },
};

/** Returns the unit of a field that is a number. */
export function numberUnit(field: ApiKeyPolicyField): NumberUnit | undefined {
  const { type } = policyFieldSpec(field);
  switch (type) {
    case 'days':
    case 'keys':
    case 'plugins':
      return type;
    case 'flag':
    case 'pluginIds':
      return undefined;
    default:
      return type satisfies never;
  }
}

/** Returns why a new policy cannot be set for an owner. */
export function ownerError(
  owner: string,
  items: readonly ApiKeyOwnerOverride[],
): OwnerError | undefined {
  if (!owner) return 'ownerMissing';
  if (!ownerKindOf(owner)) return 'ownerKind';
  return items.some(set => set.owner === owner) ? 'ownerTaken' : undefined;
}

/** Returns true if no field is set. */
export function isEmpty(values: PolicyValues): boolean {
  return POLICY_FIELDS.every(field => values[field].choice === 'unset');
}

/** Returns the error of each field that has one. */
export function limitErrors(values: PolicyValues): LimitErrors {
  const errors: LimitErrors = {};
  for (const field of POLICY_FIELDS) {
    const { choice, number, plugins = [] } = values[field];
    const unit = numberUnit(field);
    if (choice === 'number' && unit && !isWithinBounds(number.trim(), unit)) {
      errors[field] = unit;
    }
    if (choice === 'plugins' && plugins.length === 0) {
      errors[field] = 'noPlugins';
    }
  }
  for (const section of ['lifetime', 'inactivity'] as const) {
    const byDefault = `${section}.default` as const;
    const max = `${section}.max` as const;
    if (errors[byDefault] || errors[max]) continue;
    if (lengthOf(values, byDefault, 0) > lengthOf(values, max, Infinity)) {
      errors[byDefault] = 'longerThanMax';
    }
  }
  return errors;
}

function isWithinBounds(text: string, unit: NumberUnit): boolean {
  const { min, max } = BOUNDS[unit];
  const number = Number(text);
  return /^\d{1,6}$/.test(text) && number >= min && number <= max;
}

function lengthOf(
  values: PolicyValues,
  field: ApiKeyPolicyField,
  otherwise: number,
): number {
  const value = parseLimit(field, values[field]);
  return typeof value === 'string' ? durationLength(value) : otherwise;
}
