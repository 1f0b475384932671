import { useApi } from '@backstage/core-plugin-api';
import {
  CreateApiKeyRequest,
  CreatedApiKey,
} from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { isResponseError } from '../shared/data/errors';
import { Submission, useSubmit } from '../shared/dialogs/useSubmit';
import { useErrorText } from '../shared/states/useErrorText';
import { entryErrors, EntryError, isAboutEntries } from './entryErrors';

const NO_ENTRIES: string[] = [];

/** Creates a key, and assigns errors of the backend to the entries that they are about. */
export function useCreateKey(
  request: CreateApiKeyRequest | undefined,
  onCreated: (created: CreatedApiKey) => void,
): {
  submission: Submission;
  /** True if the key may exist nevertheless. */
  isOutcomeUnknown: boolean;
  networkErrors: EntryError[];
  scopeErrors: EntryError[];
} {
  const api = useApi(apiKeysApiRef);
  const errorText = useErrorText();
  const [sent, setSent] = useState<CreateApiKeyRequest>();
  const { submit, busy, error } = useSubmit(async () => {
    if (!request) return;
    setSent(request);
    onCreated(await api.createKey(request));
  });

  const message = error && isResponseError(error) ? errorText(error) : '';
  const sentNetworks = sent?.allowedIps ?? NO_ENTRIES;
  const networks = request?.allowedIps ?? NO_ENTRIES;
  return {
    submission: {
      submit,
      busy,
      error: isAboutEntries(message, ['allowedIps', 'scopes'])
        ? undefined
        : error,
    },
    isOutcomeUnknown: error !== undefined && !isResponseError(error),
    // Hidden after an edit, since the backend has not seen the new networks.
    networkErrors:
      networks.join('\n') === sentNetworks.join('\n')
        ? entryErrors('allowedIps', message, sentNetworks)
        : [],
    scopeErrors: entryErrors('scopes', message, sent?.scopes ?? NO_ENTRIES),
  };
}
