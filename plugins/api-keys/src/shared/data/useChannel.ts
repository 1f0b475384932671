import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { useEffect } from 'react';
import useLatest from 'react-use/lib/useLatest';

/** Minimum time between two calls. */
const PAUSE = 300;

/**
 * Calls back on messages of a Backstage signals channel: at once, then once for all messages within a moment. Never
 * called in an app without the signals plugin.
 *
 * Not `useSignal`, which renders the component for each message.
 */
export function useChannel(channel: string | undefined, onSignal: () => void) {
  const signals = useApiHolder().get(signalApiRef);
  // A new subscription could close and reopen the connection.
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
