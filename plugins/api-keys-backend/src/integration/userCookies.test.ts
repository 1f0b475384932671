import { leakyPlugin } from '../__testUtils__/leakyPlugin';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const COOKIE = '/api/probe/.backstage/auth/v1/cookie';

describe('cookies of users', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    portal = await startTestPortal({ features: [leakyPlugin('leaky')] });
  });

  afterAll(() => portal.stop());

  /** Returns the cookie for a session that sends another cookie. */
  async function cookieFor(user: string, cookie = ''): Promise<string> {
    const { headers } = await portal
      .call('get', COOKIE, await portal.signIn(user))
      .set('Cookie', cookie)
      .expect(200);
    const [set = ''] = headers['set-cookie'] ?? [];
    return set.split(';')[0];
  }
  const whoHas = async (cookie: string) => {
    const { body } = await portal
      .call('get', '/api/probe/cookie-route')
      .set('Cookie', cookie)
      .expect(200);
    return body.principal.userEntityRef;
  };

  it('are kept for their user, and replaced for another one', async () => {
    const cookie = await cookieFor('ada');
    expect(await whoHas(cookie)).toBe('user:default/ada');
    expect(await cookieFor('ada', cookie)).toBe('');
    expect(await whoHas(await cookieFor('linus', cookie))).toBe(
      'user:default/linus',
    );
  });

  it('are replaced if they hold a token of an ended key', async () => {
    const { key, secret } = await portal.createKey('ada');
    const { body } = await portal
      .call('get', '/api/leaky/leak/probe', secret)
      .expect(200);
    const session = await portal.signIn('ada');
    const path = `/api/api-keys/v1/keys/${key.id}`;
    await portal.call('delete', path, session).expect(204);
    const cookie = await cookieFor('ada', `backstage-auth=${body.limited}`);
    expect(await whoHas(cookie)).toBe('user:default/ada');
  });
});
