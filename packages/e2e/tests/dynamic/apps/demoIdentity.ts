import { IdentityApi } from '@backstage/core-plugin-api';

/** Demo user named by `?user=`; Ada by default. */
export function demoIdentity(backendUrl: string): IdentityApi {
  const session = fetch(`${backendUrl}/api/auth/demo/refresh`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      user: new URLSearchParams(window.location.search).get('user') ?? 'ada',
    }),
  }).then(response => response.json());
  return {
    getProfileInfo: async () => (await session).profile,
    getBackstageIdentity: async () =>
      (await session).backstageIdentity.identity,
    getCredentials: async () => ({
      token: (await session).backstageIdentity.token,
    }),
    signOut: async () => {},
  };
}
