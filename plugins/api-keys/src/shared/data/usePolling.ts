import { useEffect, useState } from 'react';
import useLatest from 'react-use/lib/useLatest';
import { useChannel } from './useChannel';

/** How often a visible page refreshes itself, in milliseconds. */
const INTERVAL = 5000;

/** The same once a signal has come through: only that proves that there is a connection. It may break unnoticed. */
const INTERVAL_WITH_SIGNALS = 30_000;

/**
 * Calls `refresh` every few seconds while the page can be seen, whenever the user comes back to it, and at once when a
 * channel of Backstage's signals says so.
 *
 * @param refresh - is told whether there certainly is something new
 */
export function usePolling(
  refresh: (hasNews: boolean) => void,
  channel?: string,
) {
  const [heard, setHeard] = useState(false);
  const interval = heard ? INTERVAL_WITH_SIGNALS : INTERVAL;

  useEffect(() => {
    const refreshIfVisible = () => {
      if (document.visibilityState === 'visible') refresh(false);
    };
    const timer = setInterval(refreshIfVisible, interval);
    window.addEventListener('focus', refreshIfVisible);
    document.addEventListener('visibilitychange', refreshIfVisible);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', refreshIfVisible);
      document.removeEventListener('visibilitychange', refreshIfVisible);
    };
  }, [refresh, interval]);

  const latest = useLatest(refresh);
  useChannel(channel, () => {
    setHeard(true);
    // Whoever comes back to a page refreshes it.
    if (document.visibilityState === 'visible') latest.current(true);
  });
}
