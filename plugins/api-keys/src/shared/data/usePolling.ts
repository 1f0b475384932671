import { useEffect, useState } from 'react';
import useLatest from 'react-use/lib/useLatest';
import { useChannel } from './useChannel';

/** Polling interval of a visible page. */
const INTERVAL = 5000;

/**
 * Polling interval once a signal has arrived, which proves a connection. It polls nevertheless, since the connection
 * can break unnoticed.
 */
const INTERVAL_WITH_SIGNALS = 30_000;

/**
 * Calls `refresh` at an interval while the page is visible, when the user returns to it, and at once on a signal.
 *
 * @param refresh - gets true if there certainly is something new
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
    // Refreshes when the user returns to the page.
    if (document.visibilityState === 'visible') latest.current(true);
  });
}
