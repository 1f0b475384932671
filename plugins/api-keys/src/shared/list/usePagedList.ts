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

/** Loads a page of a query. Has to stay the same function while it does the same. */
type LoadPage<Query, Item> = (
  request: Query & PageRequest,
) => Promise<Page<Item>>;

/** State of a paged list. */
export type PagedListState<Item> =
  | { status: 'loading' }
  | { status: 'failed'; error: Error }
  | {
      status: 'ready';
      items: Item[];
      /** Number of items, loaded or not. */
      totalItems: number;
      /** Set if `totalItems` is a lower bound. */
      totalIsCapped: boolean;
      hasMore: boolean;
      /** Set while the items are still those of the previous query. */
      updating: boolean;
      /** Error of the last refresh. */
      refreshError?: Error;
      /** Set while more items are loading. */
      loadingMore: boolean;
    };

type Loaded<Query, Item> = {
  query: Query;
  /** Number of requested items. */
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

/** Loads the first `count` items from the top, since pages loaded at different times do not fit together. */
async function loadItems<Query, Item extends { id: string }>(
  loadPage: LoadPage<Query, Item>,
  query: Query,
  count: number,
): Promise<Loaded<Query, Item>> {
  const limit = Math.min(count, API_KEY_PAGE_SIZE_MAX);
  let page = await loadPage({ ...query, limit });
  // Deduplicates by id, since an item that moves between two requests is on both pages.
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
 * Loads a paged list and keeps it up to date.
 *
 * @param query - has to stay the same object while it means the same
 * @param channel - signals channel that announces changes
 */
export function usePagedList<Query, Item extends { id: string }>(
  loadPage: LoadPage<Query, Item>,
  query: Query,
  channel?: string,
): {
  state: PagedListState<Item>;
  /** Reloads the list. Resolves when done, even after an error. */
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

  // Only the response to the latest request is used; an older one can lack the user's last action.
  const turn = useRef(0);
  const pending = useRef(0);
  // A request in flight can be older than the change.
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
