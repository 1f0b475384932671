import { useApi } from '@backstage/core-plugin-api';
import { ApiKey, findSecrets } from 'backstage-plugin-api-keys-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { isNotFound, toError } from '../data/errors';

/** Keys to search: those of the user or, for admins, all. */
export type SearchedKeys = 'own' | 'all';

/** Result of a look-up. The secret itself is not stored. */
export type SecretLookup =
  | { status: 'looking' | 'unknown' }
  | { status: 'found'; apiKey: ApiKey }
  | { status: 'failed'; error: Error };

/** Keeps secrets out of search queries, which end up in URLs, and looks up their keys with a POST instead. */
export function useSecretLookup(among: SearchedKeys): {
  lookup: SecretLookup | undefined;
  /** Returns the text unless it contains a secret. Then it returns an empty string and starts the look-up. */
  stripSecrets: (text: string) => string;
  dismiss: () => void;
} {
  const api = useApi(apiKeysApiRef);
  const [lookup, setLookup] = useState<SecretLookup>();
  const latest = useRef(0);
  // Ignores responses after unmount.
  useEffect(() => () => void latest.current++, []);

  const look = useCallback(
    async (secret: string) => {
      const turn = ++latest.current;
      const show = (next: SecretLookup) => {
        if (turn === latest.current) setLookup(next);
      };
      show({ status: 'looking' });
      try {
        const apiKey =
          among === 'own'
            ? await api.lookUpKey(secret)
            : await api.lookUpSecret(secret);
        show({ status: 'found', apiKey });
      } catch (thrown) {
        const error = toError(thrown);
        show(
          isNotFound(error)
            ? { status: 'unknown' }
            : { status: 'failed', error },
        );
      }
    },
    [api, among],
  );

  const dismiss = useCallback(() => {
    latest.current++;
    setLookup(undefined);
  }, []);

  const stripSecrets = useCallback(
    (text: string) => {
      const [secret] = findSecrets(text);
      if (secret) {
        void look(secret);
        return '';
      }
      if (text) dismiss();
      return text;
    },
    [look, dismiss],
  );

  return { lookup, stripSecrets, dismiss };
}
