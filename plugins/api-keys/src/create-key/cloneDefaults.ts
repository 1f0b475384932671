import {
  ApiKey,
  ApiKeyPolicy,
  durationLength,
  latestEnd,
} from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';
import {
  RightsChoice,
  matchingRights,
} from '../shared/restrictions/rightsChoice';
import {
  ExpiryChoice,
  expiryChoices,
  ExpiryFieldValue,
  initialChoice,
  latestEndOf,
  resolveExpiry,
} from './limits/expiry';
import {
  InactivityChoice,
  inactivityChoiceOf,
  initialInactivity,
} from './limits/inactivity';

/** Tolerated difference between the lifetimes of a key and its copy, because of clocks and rounding. */
const TOLERANCE_MS = 1000;

/** Initial settings of a form that clones a key. */
export type KeyDefaults = {
  expiry: ExpiryFieldValue;
  inactivity: InactivityChoice;
  rights: RightsChoice;
  /** Settings of the key that the policy no longer allows, so that the default applies. */
  stricter: {
    expiry?: 'stricter' | 'stricterNever';
    inactivity?: boolean;
    rights?: boolean;
  };
};

/** Returns the choice that matches the lifetime of a key: a preset if there is one, otherwise a date. */
function expiryOf(
  key: ApiKey,
  { lifetime }: ApiKeyPolicy,
  now: number,
): ExpiryFieldValue | undefined {
  if (key.expiresAt === null) {
    return lifetime.allowUnlimited
      ? { choice: { kind: 'never' }, date: '' }
      : undefined;
  }
  const created = Date.parse(key.createdAt);
  const end = Date.parse(key.expiresAt);
  const latest = latestEnd(created, durationLength(lifetime.max));
  if (end > latest + TOLERANCE_MS) return undefined;
  // A lifetime of a leap year can exceed the limit in a year without a leap day.
  const length = Math.min(
    end - created,
    latestEndOf(lifetime, now).toMillis() - now,
  );
  const endsLikeIt = (choice: ExpiryChoice) => {
    const expiry = resolveExpiry(choice, '', lifetime, now);
    if ('problem' in expiry || !expiry.endsAt) return false;
    return Math.abs(expiry.endsAt.toMillis() - now - length) <= TOLERANCE_MS;
  };
  const choices = expiryChoices(lifetime, now);
  const named = choices.find(endsLikeIt);
  if (named) return { choice: named, date: '' };
  const date = DateTime.fromMillis(now + length).toFormat('yyyy-MM-dd');
  const asDate = { choice: { kind: 'date' as const }, date };
  return 'problem' in resolveExpiry(asDate.choice, date, lifetime, now)
    ? // A date cannot express a lifetime of hours.
      { choice: initialChoice(lifetime, now), date: '' }
    : asDate;
}

/** Returns the initial settings of a copy of a key under the policy of its owner. */
export function cloneDefaults(
  key: ApiKey,
  policy: ApiKeyPolicy,
  now: number,
): KeyDefaults {
  const expiry = expiryOf(key, policy, now);
  const inactivity = inactivityChoiceOf(
    policy.inactivity,
    key.inactivityTimeout,
  );
  const rights = matchingRights(key.accessRestrictions, policy);
  return {
    expiry: expiry ?? { choice: initialChoice(policy.lifetime, now), date: '' },
    inactivity: inactivity ?? initialInactivity(policy.inactivity),
    rights: rights.choice,
    stricter: {
      ...(!expiry && {
        expiry: key.expiresAt === null ? 'stricterNever' : 'stricter',
      }),
      ...(!inactivity && { inactivity: true }),
      ...(rights.stricter && { rights: true }),
    },
  };
}
