import {
  ApiKey,
  ApiKeyPolicy,
  CreateApiKeyRequest,
} from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { KeyFieldValues } from '../shared/fields/KeyFields';
import { useNow } from '../shared/time/useNow';
import {
  CreateKeyValues,
  initialValues,
  ResolvedKeySettings,
  resolveSettings,
  toRequest,
} from './createKeyValues';
import { KeyOwnerPolicy, useKeyOwnerPolicy } from './limits/useKeyOwnerPolicy';
import { ScopeSelection, useScopeSelection } from './scopes/useScopeSelection';
import { useCopyName } from './useCopyName';

/** The form of a new key. Its sections read from it and call `change`. */
export type CreateKeyFormState = {
  /** Epoch milliseconds. */
  now: number;
  values: CreateKeyValues;
  /** Sets some of the values. */
  change: (changed: Partial<CreateKeyValues>) => void;
  /** Name and description. */
  fields: KeyFieldValues;
  owner: KeyOwnerPolicy;
  scopes: ScopeSelection;
  /** Settings under the policy of the owner; undefined until the policy has loaded. */
  resolved?: { policy: ApiKeyPolicy; settings: ResolvedKeySettings };
  /** Undefined while something is missing or invalid. */
  request?: CreateApiKeyRequest;
};

/**
 * Holds the values of a new key. A choice survives a change of the owner, unless the new owner's policy forbids it.
 *
 * @param from - the key to clone
 * @param requestedScopes - scopes to start with, in addition to those of `from`
 */
export function useCreateKeyForm(
  from?: ApiKey,
  requestedScopes: readonly string[] = [],
): CreateKeyFormState {
  const now = useNow();
  const [values, setValues] = useState(() => initialValues(from));
  const change = (changed: Partial<CreateKeyValues>) =>
    setValues(before => ({ ...before, ...changed }));

  const suggestedName = useCopyName(from);
  const fields = values.fields ?? {
    name: suggestedName,
    description: from?.description ?? '',
  };
  const owner = useKeyOwnerPolicy(values.owner);
  const { policy } = owner;
  const scopes = useScopeSelection({
    requested: [...(from?.scopes ?? []), ...requestedScopes],
    picked: values.scopes,
    onChange: picked => change({ scopes: picked }),
    policy,
  });

  const settings =
    policy && resolveSettings(values, { policy, from, scopes, now });
  const canCreate = owner.isCurrent && !policy?.cannotCreateReason;
  return {
    now,
    values,
    change,
    fields,
    owner,
    scopes,
    resolved: policy && settings && { policy, settings },
    request:
      canCreate && settings
        ? toRequest({
            fields,
            networks: values.networks,
            scopes: scopes.chosen,
            settings,
            owner: owner.owner === owner.me ? undefined : owner.owner,
          })
        : undefined,
  };
}
