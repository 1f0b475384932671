import { DiscoveryApi, ProfileInfo } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { BackstageUserIdentity } from '@backstage/frontend-plugin-api';

/** Somebody to sign in as, from `GET /api/auth/demo/users`. */
export type DemoUser = {
  ref: string;
  name: string;
  displayName: string;
  role: string;
  team: string;
};

/** What `POST /api/auth/demo/refresh` answers. */
export type DemoSession = {
  profile: ProfileInfo;
  backstageIdentity: {
    token: string;
    expiresInSeconds: number;
    identity: BackstageUserIdentity;
  };
};

/** Everybody one can sign in as, by team. */
export async function fetchDemoUsers(
  discoveryApi: DiscoveryApi,
  signal: AbortSignal,
): Promise<DemoUser[]> {
  return request(discoveryApi, '/demo/users', { signal });
}

/** A new token for the user of this name. */
export async function fetchDemoSession(
  discoveryApi: DiscoveryApi,
  user: string,
): Promise<DemoSession> {
  return request(discoveryApi, '/demo/refresh', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user }),
  });
}

/** Not over `fetchApi`: that one waits for somebody to be signed in before it sends anything. */
async function request<T>(
  discoveryApi: DiscoveryApi,
  path: string,
  init: RequestInit,
): Promise<T> {
  const baseUrl = await discoveryApi.getBaseUrl('auth');
  const response = await fetch(`${baseUrl}${path}`, init);
  if (!response.ok) {
    // The cause is the error that the backend gave, in its words.
    throw (await ResponseError.fromResponse(response)).cause;
  }
  return response.json();
}
