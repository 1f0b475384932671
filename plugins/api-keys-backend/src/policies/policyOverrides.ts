import { InputError } from '@backstage/errors';
import {
  ApiKeyPolicyOverride,
  durationLength,
  toIsoDuration,
} from 'backstage-plugin-api-keys-common';
import { defined } from '../lib/defined';
import { PolicyOverride } from '../lifecycle/policy';

/**
 * Converts an override of the HTTP API to that of the lifecycle.
 *
 * @throws InputError naming the field, for an override that sets nothing or contradicts itself
 */
export function parseOverride({
  lifetime,
  inactivity,
  limits,
  restrictions,
}: ApiKeyPolicyOverride): PolicyOverride {
  if (![lifetime, inactivity, limits, restrictions].some(sets)) {
    throw new InputError(
      'the request: must set at least one field of lifetime, inactivity, limits or restrictions',
    );
  }
  const override = defined({
    lifetime: lifetime && convertRange(lifetime, durationLength),
    inactivity: inactivity && convertRange(inactivity, durationLength),
    limits,
    restrictions,
  });
  requireDefaultWithinMax('lifetime', override.lifetime);
  requireDefaultWithinMax('inactivity', override.inactivity);
  return override;
}

/** Converts an override back to that of the HTTP API. */
export function formatOverride({
  lifetime,
  inactivity,
  limits,
  restrictions,
}: PolicyOverride): ApiKeyPolicyOverride {
  return defined({
    lifetime: lifetime && convertRange(lifetime, toIsoDuration),
    inactivity: inactivity && convertRange(inactivity, toIsoDuration),
    limits,
    restrictions,
  });
}

/** Converts the durations, and leaves the rest unchanged. `N` is the type of "none". */
function convertRange<
  T,
  U,
  N extends null | undefined,
  R extends { default?: T | N; max?: T | N },
>(range: R, convert: (duration: T) => U) {
  const convertOptional = (duration: T | N | undefined) =>
    duration === null || duration === undefined
      ? (duration as N | undefined)
      : convert(duration);
  return defined({
    ...range,
    default: convertOptional(range.default),
    max: convertOptional(range.max),
  });
}

function sets(section: object | undefined): boolean {
  return section !== undefined && Object.keys(section).length > 0;
}

function requireDefaultWithinMax(
  section: string,
  range: { default?: number | null; max?: number | null } = {},
) {
  if ((range.default ?? 0) > (range.max ?? Infinity)) {
    throw new InputError(
      `${section}.default: must not be longer than ${section}.max`,
    );
  }
}
