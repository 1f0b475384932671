import {
  API_KEY_PAGE_SIZE_DEFAULT,
  API_KEY_PAGE_SIZE_MAX,
} from 'backstage-plugin-api-keys-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { toError } from '../data/errors';
import { usePolling } from '../data/usePolling';

type PageRequest = { limit: number; cursor?: string };

type Page<Item> = {
  items: Item[];
  totalItems: number;
  totalIsCapped?: boolean;
  pageInfo: { nextCursor?: string };
};

/** Loads a page of what a query asks for. Has to be the same function as long as it does the same. */
type LoadPage<Query, Item> = (
  request: Query & PageRequest,
) => Promise<Page<Item>>;

/** The list as the page has it at the moment. */
export type PagedListState<Item> =
  | { status: 'loading' }
  | { status: 'failed'; error: Error }
  | {
      status: 'ready';
      items: Item[];
      /** How many there are, loaded or not. */
      totalItems: number;
      /** Whether there are more than that. */
      totalIsCapped: boolean;
      hasMore: boolean;
      /** The items answer the query before this one; those of this one are on their way. */
      updating: boolean;
      /** Why the items could not be brought up to date. */
      refreshError?: Error;
      /** More items below these are on their way. */
      loadingMore: boolean;
    };

type Loaded<Query, Item> = {
  query: Query;
  /** How many were asked for. */
  count: number;
  items: Item[];
  totalItems: number;
  totalIsCapped: boolean;
  hasMore: boolean;
};

type Outcome<Query, Item> = {
  loaded?: Loaded<Query, Item>;
  failure?: { query: Query; error: Error };
};

/** Loads the first `count` items from the top: they come and go, so pages loaded at other times do not fit. */
async function loadItems<Query, Item extends { id: string }>(
  loadPage: LoadPage<Query, Item>,
  query: Query,
  count: number,
): Promise<Loaded<Query, Item>> {
  const limit = Math.min(count, API_KEY_PAGE_SIZE_MAX);
  let page = await loadPage({ ...query, limit });
  // By id: an item that changes its place between two pages is on both.
  const items = new Map(page.items.map(item => [item.id, item]));
  while (page.pageInfo.nextCursor && items.size < count) {
    const { nextCursor: cursor } = page.pageInfo;
    page = await loadPage({ ...query, limit, cursor });
    page.items.forEach(item => items.set(item.id, item));
  }
  const hasMore = Boolean(page.pageInfo.nextCursor);
  return {
    query,
    count,
    items: [...items.values()],
    totalItems: page.totalItems,
    totalIsCapped: page.totalIsCapped ?? false,
    hasMore,
  };
}

function stateOf<Query, Item>(
  { loaded, failure }: Outcome<Query, Item>,
  query: Query,
  count: number,
): PagedListState<Item> {
  const error = failure?.query === query ? failure.error : undefined;
  if (loaded && (loaded.query === query || !error)) {
    const updating = loaded.query !== query;
    return {
      status: 'ready',
      items: loaded.items,
      totalItems: loaded.totalItems,
      totalIsCapped: loaded.totalIsCapped,
      hasMore: loaded.hasMore,
      updating,
      loadingMore: !updating && !error && loaded.count < count,
      refreshError: error,
    };
  }
  return error ? { status: 'failed', error } : { status: 'loading' };
}

/**
 * A list that comes in pages, kept up to date.
 *
 * @param query - what to list; has to be the same object as long as it means the same
 * @param channel - of the signals that tell of changes
 */
export function usePagedList<Query, Item extends { id: string }>(
  loadPage: LoadPage<Query, Item>,
  query: Query,
  channel?: string,
): {
  state: PagedListState<Item>;
  /** Loads the list anew; the promise ends with it, also if it fails. */
  refresh: () => Promise<void>;
  loadMore: () => void;
} {
  const [outcome, setOutcome] = useState<Outcome<Query, Item>>({});
  const [extent, setExtent] = useState({
    query,
    count: API_KEY_PAGE_SIZE_DEFAULT,
  });
  const count =
    extent.query === query ? extent.count : API_KEY_PAGE_SIZE_DEFAULT;

  // Only the answer to the latest request counts: an older one may not know of the user's last action.
  const turn = useRef(0);
  const pending = useRef(0);
  // What is on its way may be older than the news.
  const isBehind = useRef(false);

  const refresh = useCallback(async (): Promise<void> => {
    const mine = ++turn.current;
    const finish = (
      next: (previous: Outcome<Query, Item>) => Outcome<Query, Item>,
    ) => {
      if (mine === turn.current) setOutcome(next);
    };
    pending.current++;
    try {
      const loaded = await loadItems(loadPage, query, count);
      finish(() => ({ loaded }));
    } catch (thrown) {
      const failure = { query, error: toError(thrown) };
      finish(previous => ({ ...previous, failure }));
    } finally {
      pending.current--;
    }
    if (isBehind.current && mine === turn.current) {
      isBehind.current = false;
      await refresh();
    }
  }, [loadPage, query, count]);

  useEffect(() => {
    refresh();
  }, [refresh]);

  usePolling(
    useCallback(
      hasNews => {
        if (pending.current === 0) refresh();
        else if (hasNews) isBehind.current = true;
      },
      [refresh],
    ),
    channel,
  );

  const loadMore = useCallback(
    () => setExtent({ query, count: count + API_KEY_PAGE_SIZE_DEFAULT }),
    [query, count],
  );

  return { state: stateOf(outcome, query, count), refresh, loadMore };
}
