import {
  API_KEY_PAGE_SIZE_DEFAULT,
  API_KEY_PAGE_SIZE_MAX,
  ApiKey,
  ApiKeyPage,
} from 'backstage-plugin-api-keys-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { toError } from '../lib/errors';
import { useQuietRefresh } from './useQuietRefresh';

type Page = { limit: number; cursor?: string };

/** Loads a page of the keys that a query asks for. Has to be the same function as long as it does the same. */
type LoadPage<Query> = (request: Query & Page) => Promise<ApiKeyPage>;

/** The list as the page has it at the moment. */
export type KeyListState =
  | { status: 'loading' }
  | { status: 'failed'; error: Error }
  | {
      status: 'ready';
      keys: ApiKey[];
      /** How many there are, loaded or not. */
      totalItems: number;
      hasMore: boolean;
      /** The keys answer the query before this one; those of this one are on their way. */
      updating: boolean;
      /** Why the keys could not be brought up to date. */
      refreshError?: Error;
      /** More keys below these are on their way. */
      loadingMore: boolean;
    };

type Loaded<Query> = {
  query: Query;
  /** How many were asked for. */
  count: number;
  keys: ApiKey[];
  totalItems: number;
  hasMore: boolean;
};

type Outcome<Query> = {
  loaded?: Loaded<Query>;
  failure?: { query: Query; error: Error };
};

/** Loads the first `count` keys from the top: keys come and go, so pages loaded at other times do not fit. */
async function loadKeys<Query>(
  loadPage: LoadPage<Query>,
  query: Query,
  count: number,
): Promise<Loaded<Query>> {
  const limit = Math.min(count, API_KEY_PAGE_SIZE_MAX);
  let page = await loadPage({ ...query, limit });
  // By id: a key that changes its place between two pages is on both.
  const keys = new Map(page.items.map(key => [key.id, key]));
  while (page.pageInfo.nextCursor && keys.size < count) {
    const { nextCursor: cursor } = page.pageInfo;
    page = await loadPage({ ...query, limit, cursor });
    page.items.forEach(key => keys.set(key.id, key));
  }
  const hasMore = Boolean(page.pageInfo.nextCursor);
  return {
    query,
    count,
    keys: [...keys.values()],
    totalItems: page.totalItems,
    hasMore,
  };
}

function stateOf<Query>(
  { loaded, failure }: Outcome<Query>,
  query: Query,
  count: number,
): KeyListState {
  const error = failure?.query === query ? failure.error : undefined;
  if (loaded && (loaded.query === query || !error)) {
    const updating = loaded.query !== query;
    return {
      status: 'ready',
      keys: loaded.keys,
      totalItems: loaded.totalItems,
      hasMore: loaded.hasMore,
      updating,
      loadingMore: !updating && !error && loaded.count < count,
      refreshError: error,
    };
  }
  return error ? { status: 'failed', error } : { status: 'loading' };
}

/**
 * A list of keys, kept up to date.
 *
 * @param query - which keys; has to be the same object as long as it means the same
 */
export function useKeyList<Query>(
  loadPage: LoadPage<Query>,
  query: Query,
): {
  state: KeyListState;
  /** Loads the list anew; the promise ends with it, also if it fails. */
  refresh: () => Promise<void>;
  loadMore: () => void;
} {
  const [outcome, setOutcome] = useState<Outcome<Query>>({});
  const [extent, setExtent] = useState({
    query,
    count: API_KEY_PAGE_SIZE_DEFAULT,
  });
  const count =
    extent.query === query ? extent.count : API_KEY_PAGE_SIZE_DEFAULT;

  // Only the answer to the latest request counts: an older one may not know of the user's last action.
  const turn = useRef(0);
  const pending = useRef(0);

  const refresh = useCallback(async () => {
    const mine = ++turn.current;
    const finish = (next: (previous: Outcome<Query>) => Outcome<Query>) => {
      if (mine === turn.current) setOutcome(next);
    };
    pending.current++;
    try {
      const loaded = await loadKeys(loadPage, query, count);
      finish(() => ({ loaded }));
    } catch (thrown) {
      const failure = { query, error: toError(thrown) };
      finish(previous => ({ ...previous, failure }));
    } finally {
      pending.current--;
    }
  }, [loadPage, query, count]);

  useEffect(() => {
    refresh();
  }, [refresh]);

  useQuietRefresh(
    useCallback(() => {
      if (pending.current === 0) refresh();
    }, [refresh]),
  );

  const loadMore = useCallback(
    () => setExtent({ query, count: count + API_KEY_PAGE_SIZE_DEFAULT }),
    [query, count],
  );

  return { state: stateOf(outcome, query, count), refresh, loadMore };
}
