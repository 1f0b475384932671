import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { useEffect } from 'react';
import useLatest from 'react-use/lib/useLatest';

/** The least time between two calls, in milliseconds. */
const PAUSE = 300;

/**
 * Calls back when a channel of Backstage's signals says something: at once, and then once for all that is said within a
 * moment. Never in an app without the signals plugin.
 *
 * Not `useSignal`, which renders its component for each of them.
 */
export function useChannel(channel: string | undefined, onSignal: () => void) {
  const signals = useApiHolder().get(signalApiRef);
  // Another subscription might close the connection and open it again.
  const latest = useLatest(onSignal);

  useEffect(() => {
    if (!signals || !channel) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let calledAt = -Infinity;
    const { unsubscribe } = signals.subscribe(channel, () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        calledAt = Date.now();
        latest.current();
      }, Math.max(0, calledAt + PAUSE - Date.now()));
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [signals, channel, latest]);
}
