import { DiscoveryApi, ProfileInfo } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { BackstageUserIdentity } from '@backstage/frontend-plugin-api';

/** User to sign in as, from `GET /api/auth/demo/users`. */
export type DemoUser = {
  ref: string;
  name: string;
  displayName: string;
  role: string;
  team: string;
};

/** Response of `POST /api/auth/demo/refresh`. */
export type DemoSession = {
  profile: ProfileInfo;
  backstageIdentity: {
    token: string;
    expiresInSeconds: number;
    identity: BackstageUserIdentity;
  };
};

/** Lists all users, by team. */
export async function fetchDemoUsers(
  discoveryApi: DiscoveryApi,
  signal: AbortSignal,
): Promise<DemoUser[]> {
  return request(discoveryApi, '/demo/users', { signal });
}

/** Fetches a new token for the user of this name. */
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

/** Not `fetchApi`, which waits for a signed-in user before it sends a request. */
async function request<T>(
  discoveryApi: DiscoveryApi,
  path: string,
  init: RequestInit,
): Promise<T> {
  const baseUrl = await discoveryApi.getBaseUrl('auth');
  const response = await fetch(`${baseUrl}${path}`, init);
  if (!response.ok) {
    // The cause is the error that the backend returned.
    throw (await ResponseError.fromResponse(response)).cause;
  }
  return response.json();
}
