import {
  ApiKeyPolicy,
  CreateApiKeyRequest,
  durationLength,
} from 'backstage-plugin-api-keys-common';

/** How long a new key may stay unused, as it is chosen in the form: for an ISO duration, or one of two words. */
export type InactivityChoice = 'none' | 'default' | `P${string}`;

type Inactivity = ApiKeyPolicy['inactivity'];

const PRESETS: InactivityChoice[] = ['P7D', 'P30D', 'P90D'];

const isDuration = (choice: InactivityChoice): choice is `P${string}` =>
  choice !== 'none' && choice !== 'default';

const isAsLongAs = (one: string, other: string | null) =>
  other !== null && durationLength(one) === durationLength(other);

/** Whether a policy allows a timeout. */
export function allowsTimeout(
  { max }: Inactivity,
  timeout: string | null,
): boolean {
  if (max === null) return true;
  return timeout !== null && durationLength(timeout) <= durationLength(max);
}

/**
 * What the policy leaves to choose from.
 *
 * @param chosen - is offered as well if it is allowed, even if it is none of the presets
 */
export function inactivityChoices(
  policy: Inactivity,
  chosen?: InactivityChoice,
): InactivityChoice[] {
  const durations = [
    ...new Set([...PRESETS, ...(chosen && isDuration(chosen) ? [chosen] : [])]),
  ]
    .filter(each => allowsTimeout(policy, each))
    .filter(each => !isAsLongAs(each, policy.default))
    .sort((one, other) => durationLength(one) - durationLength(other));
  return [
    ...(policy.max === null ? ['none' as const] : []),
    ...(policy.default === null ? [] : ['default' as const]),
    ...durations,
  ];
}

/** The choice that comes to what a key gets that asks for nothing. */
export function initialInactivity(policy: Inactivity): InactivityChoice {
  return policy.default === null ? 'none' : 'default';
}

/** The choice that comes to a timeout, if the policy allows that. */
export function inactivityChoiceOf(
  policy: Inactivity,
  timeout: string | null,
): InactivityChoice | undefined {
  if (!allowsTimeout(policy, timeout)) return undefined;
  if (timeout === null) return 'none';
  if (isAsLongAs(timeout, policy.default)) return 'default';
  const preset = PRESETS.find(each => isAsLongAs(each, timeout));
  return preset ?? (timeout as InactivityChoice);
}

/** How long a key of a choice may stay unused, and what to send for it. */
export function resolveInactivity(
  choice: InactivityChoice,
  policy: Inactivity,
): {
  timeout: string | null;
  request: Pick<CreateApiKeyRequest, 'inactivityTimeout'>;
} {
  if (choice === 'default') return { timeout: policy.default, request: {} };
  if (choice === 'none') {
    return {
      timeout: null,
      // Nobody needs to turn down what would not be given.
      request: policy.default === null ? {} : { inactivityTimeout: null },
    };
  }
  return { timeout: choice, request: { inactivityTimeout: choice } };
}
