import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Request, Response } from 'express';
import { DefaultHttpAuthService } from './httpAuth';

describe("Backstage's HTTP authentication", () => {
  const auth = mockServices.auth.mock();
  const httpAuth = DefaultHttpAuthService.create({
    auth,
    discovery: mockServices.discovery(),
    pluginId: 'catalog',
  });
  const credentials = mockCredentials.user('user:default/ada');

  beforeEach(() => {
    jest.clearAllMocks();
    auth.authenticate.mockResolvedValue(credentials);
    auth.isPrincipal.mockImplementation(
      ({ principal }, type) => (principal as { type: string }).type === type,
    );
  });

  const requestWith = (headers: Record<string, string>) =>
    ({ headers } as unknown as Request);

  it('asks the auth service that it was given about the bearer token', async () => {
    const req = requestWith({ authorization: 'Bearer first' });
    expect(await httpAuth.credentials(req, { allow: ['user'] })).toBe(
      credentials,
    );
    expect(auth.authenticate.mock.calls).toEqual([['first']]);
  });

  it('reads the header when credentials are asked for, so that it may be replaced until then', async () => {
    const req = requestWith({ authorization: 'Bearer first' });
    req.headers.authorization = 'Bearer second';
    await httpAuth.credentials(req);
    expect(auth.authenticate.mock.calls).toEqual([['second']]);
  });

  it('asks once for each request', async () => {
    const req = requestWith({ authorization: 'Bearer first' });
    await httpAuth.credentials(req);
    await httpAuth.credentials(req, { allow: ['user', 'service'] });
    expect(auth.authenticate).toHaveBeenCalledTimes(1);
  });

  it('looks into no header but Authorization', async () => {
    auth.getNoneCredentials.mockResolvedValue(mockCredentials.none());
    const req = requestWith({ 'x-api-key': 'bsk_any' });
    await httpAuth.credentials(req);
    expect(auth.authenticate).not.toHaveBeenCalled();
  });

  it('reads the cookie backstage-auth where limited access is allowed, and nowhere else', async () => {
    auth.getNoneCredentials.mockResolvedValue(mockCredentials.none());
    const req = requestWith({ cookie: 'backstage-auth=of-a-cookie' });
    await httpAuth.credentials(req);
    expect(auth.authenticate).not.toHaveBeenCalled();
    await httpAuth.credentials(req, { allowLimitedAccess: true });
    expect(auth.authenticate.mock.calls).toEqual([
      ['of-a-cookie', { allowLimitedAccess: true }],
    ]);
  });

  it('makes a cookie of the credentials that it is given, without another look at the request', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000);
    auth.getLimitedUserToken.mockResolvedValue({ token: 'limited', expiresAt });
    const cookie = jest.fn();
    const req = requestWith({ authorization: 'Bearer first' });
    await httpAuth.issueUserCookie({ req, cookie } as unknown as Response, {
      credentials,
    });
    expect(auth.authenticate).not.toHaveBeenCalled();
    expect(cookie).toHaveBeenCalledWith(
      'backstage-auth',
      'limited',
      expect.anything(),
    );
  });
});
