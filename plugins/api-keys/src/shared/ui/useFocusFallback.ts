import { useEffect, useRef } from 'react';

/**
 * Moves the focus after a dialog whose opener is gone, such as the row of a revoked key: an element with
 * `tabIndex={-1}` takes it, so that keyboard users do not start over at the top of the page.
 */
export function useFocusFallback<T extends HTMLElement>(dialogOpen: boolean) {
  const fallback = useRef<T>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !dialogOpen) {
      const { activeElement, body } = document;
      if (!activeElement || activeElement === body) fallback.current?.focus();
    }
    wasOpen.current = dialogOpen;
  }, [dialogOpen]);
  return fallback;
}
