import { useApi } from '@backstage/core-plugin-api';
import {
  ApiKey,
  ApiKeysApi,
  findSecrets,
} from 'backstage-plugin-api-keys-common';
import { useCallback, useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { isNotFound, toError } from '../../shared/data/errors';

/** A secret that was found, of which only this much is kept. */
export type Leak = {
  /** Which of those that were found. */
  id: number;
  /** Its last characters. */
  hint: string;
  /** The key that it is of, if it is of one. */
  apiKey?: ApiKey;
};

const HINT_LENGTH = 4;

async function lookUp(
  api: ApiKeysApi,
  secret: string,
): Promise<Omit<Leak, 'id'>> {
  const hint = secret.slice(-HINT_LENGTH);
  try {
    return { hint, apiKey: await api.lookUpSecret(secret) };
  } catch (error) {
    if (isNotFound(toError(error))) return { hint };
    throw error;
  }
}

const revokedNow = (apiKey: ApiKey): ApiKey => ({
  ...apiKey,
  status: 'revoked',
  revokedAt: new Date().toISOString(),
  revokedReason: 'leaked',
});

/** The secrets in a text and their keys. The text and the secrets themselves are forgotten. */
export function useLeaks() {
  const api = useApi(apiKeysApiRef);
  const [leaks, setLeaks] = useState<Leak[]>();

  const search = useCallback(
    async (text: string) => {
      setLeaks(undefined);
      const found: Leak[] = [];
      // One after the other: there are few, and the backend makes a note of each.
      for (const secret of findSecrets(text)) {
        found.push({ id: found.length, ...(await lookUp(api, secret)) });
      }
      return found;
    },
    [api],
  );

  /** Notes what an admin has just done, for which the backend would have to be sent the secret once more. */
  const markRevoked = useCallback((ids: string[]) => {
    setLeaks(before =>
      before?.map(leak =>
        leak.apiKey?.status !== 'revoked' && ids.includes(leak.apiKey?.id ?? '')
          ? { ...leak, apiKey: leak.apiKey && revokedNow(leak.apiKey) }
          : leak,
      ),
    );
  }, []);

  return { leaks, search, show: setLeaks, markRevoked };
}
