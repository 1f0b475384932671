import { useCallback } from 'react';
import { useAddressParams } from './useAddressParams';

/** Reads a search parameter that requests something once, such as a dialog, and returns a function that removes it. */
export function useConsumableSearchParam(
  name: string,
): [string | undefined, () => void] {
  const [parameters, setParameters] = useAddressParams();
  const value = parameters.get(name) || undefined;
  const forget = useCallback(() => {
    if (!value) return;
    setParameters(
      previous => {
        const next = new URLSearchParams(previous);
        next.delete(name);
        return next;
      },
      // Replaces the history entry, so that going back does not open the dialog again.
      { replace: true },
    );
  }, [name, value, setParameters]);
  return [value, forget];
}
