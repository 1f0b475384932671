import {
  ApiKey,
  ApiKeyPolicy,
  CreateApiKeyRequest,
} from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import type { KeyFieldValues } from '../components/KeyFields/KeyFields';
import { Duplicate, duplicateOf } from '../lib/duplicate';
import {
  Expiry,
  ExpiryFieldValue,
  fitsLifetime,
  initialChoice,
  resolveExpiry,
} from '../lib/expiry';
import {
  InactivityChoice,
  inactivityChoices,
  initialInactivity,
  resolveInactivity,
} from '../lib/inactivity';
import { NewKeyPolicy, useNewKeyPolicy } from './useNewKeyPolicy';
import { useNow } from './useNow';

/** How long the new key may live and stay unused, as picked, and what that comes to under the policy. */
export type NewKeyTimes = {
  expiryValue: ExpiryFieldValue;
  expiry: Expiry;
  inactivity: InactivityChoice;
  /** ISO duration; `null` is none. */
  timeout: string | null;
  /** Where the model of the key has what the policy does not allow, and nothing else was picked yet. */
  stricter: Duplicate['stricter'];
};

function startOf(
  policy: ApiKeyPolicy,
  from: ApiKey | undefined,
  now: number,
): Duplicate {
  if (from) return duplicateOf(from, policy, now);
  return {
    expiry: { choice: initialChoice(policy.lifetime, now), date: '' },
    inactivity: initialInactivity(policy.inactivity),
    stricter: {},
  };
}

/**
 * What is being filled in about a new key. A choice lasts when the owner changes, unless the policy of the new owner does not
 * allow it.
 *
 * @param from - the model of the key
 */
export function useNewKey(from?: ApiKey): {
  now: number;
  values: KeyFieldValues;
  setValues: (values: KeyFieldValues) => void;
  limits: NewKeyPolicy;
  setOwner: (owner: string) => void;
  /** Undefined until there is a policy. */
  times?: NewKeyTimes;
  setExpiry: (value: ExpiryFieldValue) => void;
  setInactivity: (choice: InactivityChoice) => void;
  /** Undefined while something is missing or wrong. */
  request?: CreateApiKeyRequest;
} {
  const now = useNow();
  const [values, setValues] = useState({
    name: from?.name ?? '',
    description: from?.description ?? '',
  });
  const [wanted, setOwner] = useState(from?.owner);
  const [expiryPick, setExpiryPick] = useState<{
    value: ExpiryFieldValue;
    /** Whose policy offered it. */
    owner?: string;
  }>();
  const [inactivityPick, setInactivity] = useState<InactivityChoice>();
  const limits = useNewKeyPolicy(wanted);
  const { me, owner, policy, isCurrent } = limits;

  const timesUnder = (held: ApiKeyPolicy) => {
    const start = startOf(held, from, now);
    // A date that was picked under this policy stays, with what is wrong about it.
    const keepsExpiry =
      expiryPick &&
      (expiryPick.owner === held.owner ||
        fitsLifetime(expiryPick.value, held.lifetime, now));
    const keepsInactivity =
      inactivityPick &&
      inactivityChoices(held.inactivity, inactivityPick).includes(
        inactivityPick,
      );
    const expiryValue = keepsExpiry ? expiryPick.value : start.expiry;
    const inactivity = keepsInactivity ? inactivityPick : start.inactivity;
    return {
      expiryValue,
      expiry: resolveExpiry(
        expiryValue.choice,
        expiryValue.date,
        held.lifetime,
        now,
      ),
      inactivity,
      ...resolveInactivity(inactivity, held.inactivity),
      stricter: {
        expiry: keepsExpiry ? undefined : start.stricter.expiry,
        inactivity: keepsInactivity ? undefined : start.stricter.inactivity,
      },
    };
  };
  const times = policy && timesUnder(policy);

  const name = values.name.trim();
  const description = values.description.trim();
  const request =
    times && isCurrent && name && 'request' in times.expiry
      ? {
          name,
          ...(description && { description }),
          ...(owner !== me && { owner }),
          ...times.expiry.request,
          ...times.request,
        }
      : undefined;

  return {
    now,
    values,
    setValues,
    limits,
    setOwner,
    times,
    setExpiry: value => setExpiryPick({ value, owner: policy?.owner }),
    setInactivity,
    request,
  };
}
