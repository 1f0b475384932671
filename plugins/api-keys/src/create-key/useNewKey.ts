import {
  ApiKey,
  ApiKeyPolicy,
  CreateApiKeyRequest,
} from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { holdSecret, KeyFieldValues } from '../shared/fields/KeyFields';
import {
  fitsRights,
  initialRights,
  RightsChoice,
  RightsProblem,
  rightsProblem,
  toRestrictions,
} from '../shared/restrictions/rightsChoice';
import { ScopesProblem, scopesProblem } from '../shared/restrictions/scopes';
import { useNow } from '../shared/time/useNow';
import { Duplicate, duplicateOf } from './cloneDefaults';
import {
  Expiry,
  ExpiryFieldValue,
  fitsLifetime,
  initialChoice,
  resolveExpiry,
} from './limits/expiry';
import {
  InactivityChoice,
  inactivityChoices,
  initialInactivity,
  resolveInactivity,
} from './limits/inactivity';
import { NewKeyPolicy, useNewKeyPolicy } from './limits/useNewKeyPolicy';
import { networksIn } from './networks';
import { NewKeyScopes, useNewScopes } from './scopes/useNewScopes';
import { useCopyName } from './useCopyName';

/** What was picked for the new key, and what that comes to under the policy. */
export type NewKeyTerms = {
  expiryValue: ExpiryFieldValue;
  expiry: Expiry;
  inactivity: InactivityChoice;
  /** ISO duration; `null` is none. */
  timeout: string | null;
  rights: RightsChoice;
  rightsProblem?: RightsProblem;
  /** What the key is for; `null` is everything. */
  restrictions: ApiKey['accessRestrictions'];
  scopesProblem?: ScopesProblem;
  /** Where the model of the key has what the policy does not allow, and nothing else was picked yet. */
  stricter: Duplicate['stricter'];
};

function startOf(
  policy: ApiKeyPolicy,
  from: ApiKey | undefined,
  scopes: NewKeyScopes,
  now: number,
): Duplicate {
  if (from) return duplicateOf(from, policy, now);
  return {
    expiry: { choice: initialChoice(policy.lifetime, now), date: '' },
    inactivity: initialInactivity(policy.inactivity),
    rights:
      scopes.asked.length > 0
        ? // Whoever comes for another service did not ask for more, which that service could use as well.
          { preset: 'outside', chosen: [] }
        : initialRights(policy),
    stricter: {},
  };
}

/**
 * What is being filled in about a new key. A choice lasts when the owner changes, unless the policy of the new owner does not
 * allow it.
 *
 * @param from - the model of the key
 * @param wanted - scopes to start with, beside those of the model
 */
export function useNewKey(
  from?: ApiKey,
  wanted: readonly string[] = [],
): {
  now: number;
  values: KeyFieldValues;
  setValues: (values: KeyFieldValues) => void;
  limits: NewKeyPolicy;
  setOwner: (owner: string) => void;
  /** Undefined until there is a policy. */
  terms?: NewKeyTerms;
  setExpiry: (value: ExpiryFieldValue) => void;
  setInactivity: (choice: InactivityChoice) => void;
  setRights: (rights: RightsChoice) => void;
  scopes: NewKeyScopes;
  /** One on each line. */
  networks: string;
  setNetworks: (networks: string) => void;
  /** Undefined while something is missing or wrong. */
  request?: CreateApiKeyRequest;
} {
  const now = useNow();
  const suggestedName = useCopyName(from);
  const [entered, setValues] = useState<KeyFieldValues>();
  const values = entered ?? {
    name: suggestedName,
    description: from?.description ?? '',
  };
  const [wantedOwner, setOwner] = useState(from?.owner);
  const [expiryPick, setExpiryPick] = useState<{
    value: ExpiryFieldValue;
    /** Whose policy offered it. */
    owner?: string;
  }>();
  const [inactivityPick, setInactivity] = useState<InactivityChoice>();
  const [rightsPick, setRights] = useState<RightsChoice>();
  const [networks, setNetworks] = useState(from?.allowedIps?.join('\n') ?? '');
  const limits = useNewKeyPolicy(wantedOwner);
  const { me, owner, policy, isCurrent } = limits;
  const scopes = useNewScopes([...(from?.scopes ?? []), ...wanted], policy);

  const termsUnder = (held: ApiKeyPolicy) => {
    const start = startOf(held, from, scopes, now);
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
    const keepsRights = rightsPick && fitsRights(rightsPick, held);
    const rights = keepsRights ? rightsPick : start.rights;
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
      rights,
      rightsProblem: rightsProblem(rights, held),
      restrictions: toRestrictions(rights, held),
      scopesProblem: scopesProblem(scopes.chosen, rights),
      stricter: {
        expiry: keepsExpiry ? undefined : start.stricter.expiry,
        inactivity: keepsInactivity ? undefined : start.stricter.inactivity,
        rights: keepsRights ? undefined : start.stricter.rights,
      },
    };
  };
  const terms = policy && termsUnder(policy);

  const name = values.name.trim();
  const description = values.description.trim();
  const allowedIps = networksIn(networks);
  const isComplete =
    isCurrent &&
    !policy?.cannotCreateReason &&
    name !== '' &&
    !holdSecret(values) &&
    terms &&
    !terms.rightsProblem &&
    !terms.scopesProblem;
  const request =
    isComplete && 'request' in terms.expiry
      ? {
          name,
          ...(description && { description }),
          ...(owner !== me && { owner }),
          ...terms.expiry.request,
          ...terms.request,
          ...(terms.restrictions && {
            accessRestrictions: terms.restrictions,
          }),
          ...(allowedIps.length > 0 && { allowedIps }),
          ...(scopes.chosen.length > 0 && { scopes: scopes.chosen }),
        }
      : undefined;

  return {
    now,
    values,
    setValues,
    limits,
    setOwner,
    terms,
    setExpiry: value => setExpiryPick({ value, owner: policy?.owner }),
    setInactivity,
    setRights,
    scopes,
    networks,
    setNetworks,
    request,
  };
}
