import { useApi } from '@backstage/core-plugin-api';
import {
  ApiKey,
  ApiKeysApi,
  findSecrets,
} from 'backstage-plugin-api-keys-common';
import { useCallback, useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { isNotFound, toError } from '../../shared/data/errors';

/** A found secret. The secret itself is not stored. */
export type Leak = {
  /** Index in the text. */
  id: number;
  /** Last characters of the secret. */
  hint: string;
  /** Undefined if no key has this secret. */
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

/** Looks up the keys of the secrets in a text, without storing text or secrets. */
export function useLeaks() {
  const api = useApi(apiKeysApiRef);
  const [leaks, setLeaks] = useState<Leak[]>();

  const search = useCallback(
    async (text: string) => {
      setLeaks(undefined);
      const found: Leak[] = [];
      // Sequential, since there are few and the backend records each look-up.
      for (const secret of findSecrets(text)) {
        found.push({ id: found.length, ...(await lookUp(api, secret)) });
      }
      return found;
    },
    [api],
  );

  /** Marks keys as revoked locally, since a reload would have to send the secrets again. */
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
