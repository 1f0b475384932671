import { discoveryApiRef, useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { useCallback, useEffect, useState } from 'react';
import { DemoUser, fetchDemoUsers } from './demoApi';

const POLL_MS = 2_000;

type DemoUsers =
  | { status: 'loading' }
  | { status: 'waiting'; reason: string }
  | { status: 'ready'; users: DemoUser[] };

/**
 * Loads the users to sign in as. The app often starts before the backend, and the backend before the catalog has read
 * its files, so this polls every two seconds until there are users.
 */
export function useDemoUsers(): DemoUsers & { retry: () => void } {
  const discoveryApi = useApi(discoveryApiRef);
  const [state, setState] = useState<DemoUsers>({ status: 'loading' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const aborter = new AbortController();
    let timer: ReturnType<typeof setTimeout>;

    async function poll() {
      const next = await load(() =>
        fetchDemoUsers(discoveryApi, aborter.signal),
      );
      if (aborter.signal.aborted) return;
      setState(next);
      if (next.status === 'waiting') timer = setTimeout(poll, POLL_MS);
    }
    poll();

    return () => {
      aborter.abort();
      clearTimeout(timer);
    };
  }, [discoveryApi, attempt]);

  const retry = useCallback(() => {
    setState({ status: 'loading' });
    setAttempt(n => n + 1);
  }, []);
  return { ...state, retry };
}

async function load(fetchUsers: () => Promise<DemoUser[]>): Promise<DemoUsers> {
  try {
    const users = await fetchUsers();
    return users.length > 0
      ? { status: 'ready', users }
      : {
          status: 'waiting',
          reason: 'The catalog is still reading the files that list the users.',
        };
  } catch (error) {
    return {
      status: 'waiting',
      reason: `The backend is not ready yet (${toError(error).message}).`,
    };
  }
}
