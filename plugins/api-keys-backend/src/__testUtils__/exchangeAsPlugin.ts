import { TestPortal } from './startTestPortal';

/** Exchanges a key for a user token, as the token handler of the plugin `probe` does. */
export async function exchangeAsPlugin(
  portal: TestPortal,
  secret: string,
): Promise<string> {
  const { body } = await portal
    .call('get', '/api/probe/plugin-token/auth')
    .expect(200);
  const response = await portal
    .call('post', '/api/auth/api-key/refresh', body.token)
    .set('X-Api-Key', secret)
    .expect(200);
  return response.body.backstageIdentity.token;
}
