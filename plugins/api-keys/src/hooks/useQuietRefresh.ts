import { useEffect } from 'react';

/** How often a visible page refreshes itself, in milliseconds. */
const INTERVAL = 5000;

/** Calls `refresh` every few seconds while the page can be seen, and whenever the user comes back to it. */
export function useQuietRefresh(refresh: () => void) {
  useEffect(() => {
    const refreshIfVisible = () => {
      if (document.visibilityState === 'visible') refresh();
    };
    const timer = setInterval(refreshIfVisible, INTERVAL);
    window.addEventListener('focus', refreshIfVisible);
    document.addEventListener('visibilitychange', refreshIfVisible);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', refreshIfVisible);
      document.removeEventListener('visibilitychange', refreshIfVisible);
    };
  }, [refresh]);
}
