import { useApi } from '@backstage/core-plugin-api';
import { CreatedApiKey } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { isResponseError } from '../shared/data/errors';
import { Submission, useSubmit } from '../shared/dialogs/useSubmit';
import { useErrorText } from '../shared/states/useErrorText';
import { entryErrors, EntryError, isAboutEntries } from './entryErrors';
import { parseNetworks } from './networks';
import { CreateKeyFormState } from './useCreateKeyForm';

/** Creates a key, and assigns errors of the backend to the entries that they are about. */
export function useCreateKey(
  form: CreateKeyFormState,
  onCreated: (created: CreatedApiKey) => void,
): {
  submission: Submission;
  /** True if the key may exist nevertheless. */
  isOutcomeUnknown: boolean;
  networkErrors: EntryError[];
  scopeErrors: EntryError[];
} {
  const { request, scopes } = form;
  const { networks } = form.values;
  const api = useApi(apiKeysApiRef);
  const errorText = useErrorText();
  // Errors of entries are shown only while the entries are as they were sent.
  const [sent, setSent] = useState({ networks: '', scopes: [] as string[] });
  const { submit, busy, error } = useSubmit(async () => {
    if (!request) return;
    setSent({ networks, scopes: request.scopes ?? [] });
    onCreated(await api.createKey(request));
  });

  const message = error && isResponseError(error) ? errorText(error) : '';
  return {
    submission: {
      submit,
      busy,
      error: isAboutEntries(message, ['allowedIps', 'scopes'])
        ? undefined
        : error,
    },
    isOutcomeUnknown: error !== undefined && !isResponseError(error),
    networkErrors:
      networks === sent.networks
        ? entryErrors('allowedIps', message, parseNetworks(networks))
        : [],
    scopeErrors: entryErrors('scopes', message, sent.scopes).filter(
      ({ entry }) => scopes.chosen.includes(entry),
    ),
  };
}
