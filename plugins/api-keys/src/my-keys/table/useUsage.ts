import { useApi } from '@backstage/core-plugin-api';
import { ApiKey, ApiKeysUsage } from 'backstage-plugin-api-keys-common';
import { useEffect, useMemo, useRef, useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { SPARKLINE_DAYS } from './dailyUses';

/** Keys in one request: the address of one for a hundred is as long as proxies take without being told. */
const KEYS_PER_REQUEST = 100;

type Uses = ApiKeysUsage['items'];

/**
 * How keys were used on the last days, by their ids: loaded once, and again for those that were used since. It is for show,
 * so what cannot be loaded is just not there.
 */
export function useUsage(keys: ApiKey[]): ReadonlyMap<string, Uses> {
  const api = useApi(apiKeysApiRef);
  const [usage, setUsage] = useState<ReadonlyMap<string, Uses>>(new Map());
  /** How often each key had been used when its uses were asked for. */
  const asked = useRef(new Map<string, number>());

  // The list is another one with every refresh; what matters is this.
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
