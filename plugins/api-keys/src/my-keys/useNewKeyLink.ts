import { useCallback, useMemo } from 'react';
import { useAddressParams } from '../routing/useAddressParams';

/** What a link asks for that leads to the form for a new key. */
export type NewKeyLink = {
  /** The id of the model. */
  from?: string;
  /** What the key is for in services outside of Backstage. */
  scopes: string[];
};

/** What the address of the page asks for once about a new key, and a way to take it from there. */
export function useNewKeyLink(): [NewKeyLink | undefined, () => void] {
  const [parameters, setParameters] = useAddressParams();
  const link = useMemo(() => {
    const from = parameters.get('from') || undefined;
    const scopes = parameters.getAll('scope').filter(Boolean);
    return from || scopes.length > 0 ? { from, scopes } : undefined;
  }, [parameters]);
  const forget = useCallback(() => {
    if (!link) return;
    setParameters(
      previous => {
        const next = new URLSearchParams(previous);
        next.delete('from');
        next.delete('scope');
        return next;
      },
      // Going back must not ask again.
      { replace: true },
    );
  }, [link, setParameters]);
  return [link, forget];
}
