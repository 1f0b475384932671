import {
  ApiKey,
  ApiKeyPolicy,
  CreateApiKeyRequest,
} from 'backstage-plugin-api-keys-common';
import { containSecret, KeyFieldValues } from '../shared/fields/KeyFields';
import {
  fitsRights,
  initialRights,
  RightsChoice,
  RightsError,
  rightsError,
  toRestrictions,
} from '../shared/restrictions/rightsChoice';
import { ScopesError, scopesError } from '../shared/restrictions/scopes';
import { cloneDefaults, KeyDefaults } from './cloneDefaults';
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
import { parseNetworks } from './networks';

/** Values of the form. Undefined ones have not been touched: a default applies, which can depend on the owner. */
export type CreateKeyValues = {
  fields?: KeyFieldValues;
  /** Entity ref. */
  owner?: string;
  expiry?: {
    value: ExpiryFieldValue;
    /** Owner whose policy offered it. */
    owner: string | undefined;
  };
  inactivity?: InactivityChoice;
  rights?: RightsChoice;
  scopes?: string[];
  /** One network a line. */
  networks: string;
};

/** @param from - the key to clone */
export function initialValues(from: ApiKey | undefined): CreateKeyValues {
  return {
    owner: from?.owner,
    networks: from?.allowedIps?.join('\n') ?? '',
  };
}

/** Settings of the new key under the policy of its owner. */
export type ResolvedKeySettings = {
  expiryValue: ExpiryFieldValue;
  expiry: Expiry;
  inactivity: InactivityChoice;
  /** ISO duration; `null` is none. */
  timeout: string | null;
  timeoutRequest: Pick<CreateApiKeyRequest, 'inactivityTimeout'>;
  rights: RightsChoice;
  rightsError?: RightsError;
  /** `null` is everything. */
  restrictions: ApiKey['accessRestrictions'];
  scopesError?: ScopesError;
  /** Settings of the cloned key that the policy does not allow, unless the user has changed them. */
  stricter: KeyDefaults['stricter'];
};

type PolicyContext = {
  policy: ApiKeyPolicy;
  /** The key to clone. */
  from: ApiKey | undefined;
  scopes: { chosen: string[]; requested: string[] };
  /** Epoch milliseconds. */
  now: number;
};

function initialSettings(context: PolicyContext): KeyDefaults {
  const { policy, from, scopes, now } = context;
  if (from) return cloneDefaults(from, policy, now);
  return {
    expiry: { choice: initialChoice(policy.lifetime, now), date: '' },
    inactivity: initialInactivity(policy.inactivity),
    rights:
      scopes.requested.length > 0
        ? // A key for another service gets no access to Backstage, which that service could use as well.
          { preset: 'outside', chosen: [] }
        : initialRights(policy),
    stricter: {},
  };
}

/** Applies a policy to the values. A value that the policy does not allow is replaced by its default. */
export function resolveSettings(
  values: CreateKeyValues,
  context: PolicyContext,
): ResolvedKeySettings {
  const { policy, scopes, now } = context;
  const initial = initialSettings(context);
  // An invalid date that was picked under this policy stays, so that its error can be shown.
  const expiry =
    values.expiry &&
    (values.expiry.owner === policy.owner ||
      fitsLifetime(values.expiry.value, policy.lifetime, now))
      ? values.expiry.value
      : undefined;
  const inactivity =
    values.inactivity &&
    inactivityChoices(policy.inactivity, values.inactivity).find(
      choice => choice === values.inactivity,
    );
  const rights =
    values.rights && fitsRights(values.rights, policy)
      ? values.rights
      : undefined;

  const expiryValue = expiry ?? initial.expiry;
  const inactivityChoice = inactivity ?? initial.inactivity;
  const rightsChoice = rights ?? initial.rights;
  const { timeout, request } = resolveInactivity(
    inactivityChoice,
    policy.inactivity,
  );
  return {
    expiryValue,
    expiry: resolveExpiry(
      expiryValue.choice,
      expiryValue.date,
      policy.lifetime,
      now,
    ),
    inactivity: inactivityChoice,
    timeout,
    timeoutRequest: request,
    rights: rightsChoice,
    rightsError: rightsError(rightsChoice, policy),
    restrictions: toRestrictions(rightsChoice, policy),
    scopesError: scopesError(scopes.chosen, rightsChoice),
    stricter: {
      expiry: expiry ? undefined : initial.stricter.expiry,
      inactivity: inactivity ? undefined : initial.stricter.inactivity,
      rights: rights ? undefined : initial.stricter.rights,
    },
  };
}

type RequestInput = {
  fields: KeyFieldValues;
  networks: string;
  scopes: string[];
  settings: ResolvedKeySettings;
  /** Left out for a key of the user. */
  owner: string | undefined;
};

/** Returns the request to send; undefined while something is missing or invalid. */
export function toRequest(
  input: RequestInput,
): CreateApiKeyRequest | undefined {
  const { fields, networks, scopes, settings, owner } = input;
  const { expiry, timeoutRequest, restrictions } = settings;
  const name = fields.name.trim();
  const description = fields.description.trim();
  const allowedIps = parseNetworks(networks);
  if (name === '' || containSecret(fields)) return undefined;
  if ('problem' in expiry || settings.rightsError || settings.scopesError) {
    return undefined;
  }
  return {
    name,
    ...(description && { description }),
    ...(owner !== undefined && { owner }),
    ...expiry.request,
    ...timeoutRequest,
    ...(restrictions && { accessRestrictions: restrictions }),
    ...(allowedIps.length > 0 && { allowedIps }),
    ...(scopes.length > 0 && { scopes }),
  };
}
