import { useCallback, useEffect, useRef, useState } from 'react';
import { toError } from './errors';
import { usePolling } from './usePolling';

type Outcome<T> = { load: () => Promise<T>; value?: T; error?: Error };

/** Something of the backend, as the page has it at the moment. */
export type Loaded<T> = {
  value?: T;
  /** Why it could not be loaded, or brought up to date: then there is a value, too. */
  error?: Error;
  /** The promise ends with it, also if it fails. */
  refresh: () => Promise<void>;
};

/**
 * Loads something and keeps it up to date, without a sign of loading.
 *
 * @param load - has to be the same function as long as it loads the same
 * @param channel - of the signals that tell of changes
 */
export function useResource<T>(
  load: () => Promise<T>,
  channel?: string,
): Loaded<T> {
  const [outcome, setOutcome] = useState<Outcome<T>>({ load });
  // Only the answer to the latest request counts: an older one may not know of the user's last action.
  const turn = useRef(0);
  const pending = useRef(0);

  const refresh = useCallback(async () => {
    const mine = ++turn.current;
    const finish = (next: (previous: Outcome<T>) => Outcome<T>) => {
      if (mine === turn.current) setOutcome(next);
    };
    pending.current++;
    try {
      const value = await load();
      finish(() => ({ load, value }));
    } catch (thrown) {
      const error = toError(thrown);
      finish(previous =>
        previous.load === load ? { ...previous, error } : { load, error },
      );
    } finally {
      pending.current--;
    }
  }, [load]);

  useEffect(() => {
    refresh();
  }, [refresh]);

  usePolling(
    useCallback(
      hasNews => {
        // What is on its way may be older than the news.
        if (hasNews || pending.current === 0) refresh();
      },
      [refresh],
    ),
    channel,
  );

  const current = outcome.load === load;
  return {
    value: current ? outcome.value : undefined,
    error: current ? outcome.error : undefined,
    refresh,
  };
}
