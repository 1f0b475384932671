import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

const PARAMETER = 'from';

/** The id of the key that the address of the page asks for a copy of, and a way to take it from there. */
export function useFromParameter(): [string | undefined, () => void] {
  const [parameters, setParameters] = useSearchParams();
  const from = parameters.get(PARAMETER) || undefined;
  const forget = useCallback(() => {
    if (!from) return;
    setParameters(
      previous => {
        const next = new URLSearchParams(previous);
        next.delete(PARAMETER);
        return next;
      },
      // Going back must not ask again.
      { replace: true },
    );
  }, [from, setParameters]);
  return [from, forget];
}
