import { useEffect, useRef } from 'react';

/**
 * Focuses an input on mount. Not for buttons: those of Material UI 4 fail if they are focused before their ripple
 * mounts.
 */
export function useFocusOnMount<
  T extends HTMLInputElement | HTMLTextAreaElement,
>(enabled = true) {
  const ref = useRef<T>(null);
  useEffect(() => {
    if (enabled) ref.current?.focus();
  }, [enabled]);
  return ref;
}
