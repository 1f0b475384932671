import {
  ApiKeyPolicy,
  CreateApiKeyRequest,
  durationLength,
} from 'backstage-plugin-api-keys-common';

/** The chosen inactivity timeout of a new key: an ISO duration, none, or the default of the policy. */
export type InactivityChoice = 'none' | 'default' | `P${string}`;

type Inactivity = ApiKeyPolicy['inactivity'];

const PRESETS: InactivityChoice[] = ['P7D', 'P30D', 'P90D'];

const isDuration = (choice: InactivityChoice): choice is `P${string}` =>
  choice !== 'none' && choice !== 'default';

const isAsLongAs = (one: string, other: string | null) =>
  other !== null && durationLength(one) === durationLength(other);

/** Returns true if a policy allows a timeout. */
export function allowsTimeout(
  { max }: Inactivity,
  timeout: string | null,
): boolean {
  if (max === null) return true;
  return timeout !== null && durationLength(timeout) <= durationLength(max);
}

/**
 * Returns the choices that the policy allows.
 *
 * @param chosen - is included if it is allowed, even if it is not a preset
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

/** Returns the choice that matches a request without a timeout. */
export function initialInactivity(policy: Inactivity): InactivityChoice {
  return policy.default === null ? 'none' : 'default';
}

/** Returns the choice that matches a timeout; undefined if the policy does not allow it. */
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

/** Resolves a choice to the timeout and the request field for it. */
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
      // Without a default, leaving the field out already means no timeout.
      request: policy.default === null ? {} : { inactivityTimeout: null },
    };
  }
  return { timeout: choice, request: { inactivityTimeout: choice } };
}
