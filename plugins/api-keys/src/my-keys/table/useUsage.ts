import { useApi } from '@backstage/core-plugin-api';
import { ApiKey, ApiKeysUsage } from 'backstage-plugin-api-keys-common';
import { useEffect, useMemo, useRef, useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { SPARKLINE_DAYS } from './dailyUses';

/** Keys per request. Ids of a hundred keys keep the URL within the default limits of proxies. */
const KEYS_PER_REQUEST = 100;

type Uses = ApiKeysUsage['items'];

/**
 * Loads the usage of keys, by id: once, and again for keys that were used since. Usage is optional, so errors are
 * ignored.
 */
export function useUsage(keys: ApiKey[]): ReadonlyMap<string, Uses> {
  const api = useApi(apiKeysApiRef);
  const [usage, setUsage] = useState<ReadonlyMap<string, Uses>>(new Map());
  /** The use count of each key when its usage was requested. */
  const asked = useRef(new Map<string, number>());

  // Every refresh creates a new array, so the effect depends on the counts.
  const counts = keys.map(({ id, useCount }) => `${id} ${useCount}`).join();
  const used = useMemo(
    () =>
      counts
        .split(',')
        .map(each => each.split(' '))
        .map(([id, useCount]) => ({ id, useCount: Number(useCount) }))
        .filter(({ useCount }) => useCount > 0),
    [counts],
  );

  useEffect(() => {
    const missing = used.filter(
      ({ id, useCount }) => asked.current.get(id) !== useCount,
    );
    missing.forEach(({ id, useCount }) => asked.current.set(id, useCount));
    for (let i = 0; i < missing.length; i += KEYS_PER_REQUEST) {
      const ids = missing.slice(i, i + KEYS_PER_REQUEST).map(({ id }) => id);
      api.listUsage(ids, { days: SPARKLINE_DAYS }).then(
        ({ items }) =>
          setUsage(previous => {
            const found = ids.map((id): [string, Uses] => [
              id,
              items.filter(({ keyId }) => keyId === id),
            ]);
            return new Map([...previous, ...found]);
          }),
        () => {},
      );
    }
  }, [api, used]);

  return usage;
}
