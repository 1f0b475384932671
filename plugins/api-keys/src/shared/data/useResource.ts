import { useCallback, useEffect, useRef, useState } from 'react';
import { toError } from './errors';
import { usePolling } from './usePolling';

type Outcome<T> = { load: () => Promise<T>; value?: T; error?: Error };

/** A loaded value and its state. */
export type Loaded<T> = {
  value?: T;
  /** Error of the last attempt. After a failed refresh, `value` is set as well. */
  error?: Error;
  /** Resolves when the refresh is done, even if it failed. */
  refresh: () => Promise<void>;
};

/**
 * Loads a value and keeps it up to date.
 *
 * @param load - has to stay the same function while it loads the same
 * @param channel - signals channel that announces changes
 */
export function useResource<T>(
  load: () => Promise<T>,
  channel?: string,
): Loaded<T> {
  const [outcome, setOutcome] = useState<Outcome<T>>({ load });
  // Only the response to the latest request is used; an older one can lack the user's last action.
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
        // A request in flight can be older than the change.
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
