import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** What the address of the page asks for once, such as to open a dialog, and a way to take it from there. */
export function useOnceParameter(
  name: string,
): [string | undefined, () => void] {
  const [parameters, setParameters] = useSearchParams();
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
