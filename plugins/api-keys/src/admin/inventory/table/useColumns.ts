import { storageApiRef, useApi } from '@backstage/core-plugin-api';
import useObservable from 'react-use/lib/useObservable';
import { useMemo } from 'react';
import { DEFAULT_COLUMNS, INVENTORY_COLUMNS, InventoryColumn } from './columns';

const BUCKET = 'api-keys';
const KEY = 'inventoryColumns';

/** The columns that the user has selected. The app stores them with its other settings. */
export function useColumns(): [
  InventoryColumn[],
  (columns: InventoryColumn[]) => void,
] {
  const storage = useApi(storageApiRef).forBucket(BUCKET);
  const { value: first } = storage.snapshot<string[]>(KEY);
  const changes = useMemo(() => storage.observe$<string[]>(KEY), [storage]);
  const chosen = useObservable(changes)?.value ?? first ?? DEFAULT_COLUMNS;
  const columns = INVENTORY_COLUMNS.filter(each => chosen.includes(each));
  return [columns, next => storage.set(KEY, next)];
}
