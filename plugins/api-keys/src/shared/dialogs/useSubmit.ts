import { useRef, useState } from 'react';
import { toError } from '../data/errors';

/** An action of a form or dialog, and how its last attempt went. */
export type Submission<Args extends unknown[] = []> = {
  submit: (...args: Args) => Promise<void>;
  busy: boolean;
  error: Error | undefined;
};

/** Runs an action at most once at a time, however often its button is pressed. */
export function useSubmit<Args extends unknown[] = []>(
  action: (...args: Args) => Promise<void>,
): Submission<Args> {
  // A ref, since a second click can arrive before the state is rendered.
  const inFlight = useRef(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();

  const submit = async (...args: Args) => {
    if (inFlight.current) return;
    inFlight.current = true;
    setBusy(true);
    setError(undefined);
    try {
      await action(...args);
    } catch (thrown) {
      setError(toError(thrown));
    } finally {
      inFlight.current = false;
      setBusy(false);
    }
  };

  return { submit, busy, error };
}
