import { useEffect, useRef } from 'react';

/**
 * Gives an input the focus when it appears: in a dialog, the one to start with. Not for buttons: in Material UI 4
 * they fail if they have the focus before their ripple.
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
