import { useCallback } from 'react';
import { useAddressParams } from './useAddressParams';

/** What the address of the page asks for once, such as to open a dialog, and a way to take it from there. */
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
      // Going back must not ask again.
      { replace: true },
    );
  }, [name, value, setParameters]);
  return [value, forget];
}
