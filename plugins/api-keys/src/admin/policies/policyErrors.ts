import {
  ApiKeyOwnerOverride,
  ApiKeyPolicyField,
  durationLength,
} from 'backstage-plugin-api-keys-common';
import { POLICY_FIELDS } from './policyFields';
import { fromInput, PolicyForm } from './policyForm';

export type LimitProblem =
  | 'days'
  | 'keys'
  | 'plugins'
  | 'noPlugins'
  | 'longerThanMax';
export type LimitProblems = Partial<Record<ApiKeyPolicyField, LimitProblem>>;
export type OwnerProblem = 'ownerMissing' | 'ownerKind' | 'ownerTaken';

/** As many as the backend lets anybody have. */
const MAX_KEYS = 10000;

/** As many plugins as a key can list. */
const MAX_PLUGINS = 100;

const NUMBER_PROBLEMS: Partial<Record<ApiKeyPolicyField, LimitProblem>> = {
  'limits.keysPerOwner': 'keys',
  'restrictions.maxPlugins': 'plugins',
};

/** Why no policy can be set anew for an owner. */
export function ownerProblem(
  owner: string,
  items: readonly ApiKeyOwnerOverride[],
): OwnerProblem | undefined {
  if (!owner) return 'ownerMissing';
  if (!/^(user|group):/.test(owner)) return 'ownerKind';
  return items.some(set => set.owner === owner) ? 'ownerTaken' : undefined;
}

/** Whether a form leaves everything to others. */
export function saysNothing(form: PolicyForm): boolean {
  return POLICY_FIELDS.every(field => form[field].choice === 'unset');
}

/** What is wrong with which field. */
export function limitProblems(form: PolicyForm): LimitProblems {
  const problems: LimitProblems = {};
  for (const field of POLICY_FIELDS) {
    const { choice, number, plugins = [] } = form[field];
    if (choice === 'number' && !isNumberFor(field, number.trim())) {
      problems[field] = NUMBER_PROBLEMS[field] ?? 'days';
    }
    if (choice === 'plugins' && plugins.length === 0) {
      problems[field] = 'noPlugins';
    }
  }
  for (const section of ['lifetime', 'inactivity'] as const) {
    const byDefault = `${section}.default` as const;
    const max = `${section}.max` as const;
    if (problems[byDefault] || problems[max]) continue;
    if (lengthOf(form, byDefault, 0) > lengthOf(form, max, Infinity)) {
      problems[byDefault] = 'longerThanMax';
    }
  }
  return problems;
}

function isNumberFor(field: ApiKeyPolicyField, text: string): boolean {
  if (!/^\d{1,6}$/.test(text)) return false;
  const number = Number(text);
  switch (field) {
    case 'limits.keysPerOwner':
      return number <= MAX_KEYS;
    case 'restrictions.maxPlugins':
      return number > 0 && number <= MAX_PLUGINS;
    default:
      return number > 0;
  }
}

function lengthOf(
  form: PolicyForm,
  field: ApiKeyPolicyField,
  otherwise: number,
): number {
  const value = fromInput(field, form[field]);
  return typeof value === 'string' ? durationLength(value) : otherwise;
}
