import { useCallback, useMemo } from 'react';
import { useAddressParams } from '../routing/useAddressParams';

/** Parameters of a link to the creation form. */
export type NewKeyLink = {
  /** Id of the key to clone. */
  from?: string;
  /** Scopes to start with. */
  scopes: string[];
};

/** Reads the parameters of a link to the creation form, and returns a function that removes them. */
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
      // Replaces the history entry, so that going back does not open the dialog again.
      { replace: true },
    );
  }, [link, setParameters]);
  return [link, forget];
}
