import { useApi } from '@backstage/core-plugin-api';
import { ApiKey, findSecrets } from 'backstage-plugin-api-keys-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { isNotFound, toError } from '../data/errors';

/** The keys among which to look: those of the user, or everybody's, for admins. */
export type LookedThrough = 'own' | 'all';

/** What came of looking for the key of a secret, which itself is forgotten. */
export type SecretLookup =
  | { status: 'looking' | 'unknown' }
  | { status: 'found'; apiKey: ApiKey }
  | { status: 'failed'; error: Error };

/** Keeps secrets out of what is searched for, and finds the keys that they are of by a request that holds them in its body. */
export function useSecretLookup(among: LookedThrough): {
  lookup: SecretLookup | undefined;
  /** Returns a text as it is, or an empty one if there is a secret in it, whose key it looks for then. */
  takeOut: (text: string) => string;
  dismiss: () => void;
} {
  const api = useApi(apiKeysApiRef);
  const [lookup, setLookup] = useState<SecretLookup>();
  const latest = useRef(0);
  // What comes after the end is not for anybody.
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

  const takeOut = useCallback(
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

  return { lookup, takeOut, dismiss };
}
