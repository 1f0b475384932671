import { createHash, randomBytes } from 'node:crypto';
import { JsonObject } from '@backstage/types';
import { TestPortal } from './startTestPortal';

const CLIENT = 'terminal';
const REDIRECT_URI = 'http://127.0.0.1:8055/callback';

/** `auth` configuration that lets other clients log in users and get refresh tokens. */
export const OFFLINE_AUTH: JsonObject = {
  providers: { test: {}, 'api-key': {} },
  staticClients: [{ clientId: CLIENT, redirectUris: [REDIRECT_URI] }],
  experimentalRefreshToken: { enabled: true },
};

/** User who has logged in with another client. */
export type OfflineSession = {
  /** Requests another user token and returns the status. */
  refresh(): Promise<number>;
};

/**
 * Logs a user in with a client that gets a refresh token: OAuth's code flow with PKCE, available in the auth plugin
 * since 1.57.
 */
export async function startOfflineSession(
  portal: TestPortal,
  user: string,
): Promise<OfflineSession> {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: CLIENT,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: 'openid offline_access',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const { headers } = await portal
    .call('get', `/api/auth/v1/authorize?${query}`)
    .expect(302);
  const id = headers.location.split('/').at(-1);
  const { body: approved } = await portal
    .call(
      'post',
      `/api/auth/v1/sessions/${id}/approve`,
      await portal.signIn(user),
    )
    .expect(200);
  const code = new URL(approved.redirectUrl).searchParams.get('code');

  const requestToken = (parameters: object) =>
    portal
      .call('post', '/api/auth/v1/token')
      .send({ client_id: CLIENT, ...parameters });
  const { body } = await requestToken({
    grant_type: 'authorization_code',
    redirect_uri: REDIRECT_URI,
    code_verifier: verifier,
    code,
  }).expect(200);
  let refreshToken: string = body.refresh_token;

  return {
    async refresh() {
      const answer = await requestToken({
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
      });
      if (answer.status === 200) refreshToken = answer.body.refresh_token;
      return answer.status;
    },
  };
}
