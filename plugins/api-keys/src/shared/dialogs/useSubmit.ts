import { useCallback, useRef, useState } from 'react';
import { toError } from '../data/errors';

/**
 * Runs an action at most once at a time, however often its button is pressed, and keeps the error of the
 * last attempt.
 */
export function useSubmit(action: () => Promise<void>) {
  const inFlight = useRef(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();

  const submit = useCallback(async () => {
    // The state would come too late: two clicks can arrive before the next rendering.
    if (inFlight.current) return;
    inFlight.current = true;
    setBusy(true);
    setError(undefined);
    try {
      await action();
    } catch (thrown) {
      setError(toError(thrown));
    } finally {
      inFlight.current = false;
      setBusy(false);
    }
  }, [action]);

  return { submit, busy, error };
}
