import { mcpFeatures } from '../__testUtils__/mcp';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

describe('a request that matches no route', () => {
  let portal: TestPortal;
  let token: string;

  beforeAll(async () => {
    portal = await startTestPortal({ features: mcpFeatures });
    token = await portal.signIn('ada');
  });

  afterAll(() => portal.stop());

  const send = (method: string, path: string, authorization = token) =>
    fetch(`${portal.url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${authorization}` },
    });

  it.each([
    '/api/api-keys',
    '/api/api-keys/',
    '/api/api-keys/v1',
    '/api/api-keys/v2/keys',
    '/api/api-keys/unknown',
    '/api/api-keys/v1/keys/x/unknown',
  ])('gets a 404 in JSON at %s', async path => {
    const response = await send('GET', path);
    expect(response.status).toBe(404);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({
      error: {
        name: 'NotFoundError',
        message: 'There is nothing at this path',
      },
      response: { statusCode: 404 },
    });
  });

  it.each([
    ['PUT', '/api/api-keys/v1/keys', 'GET, POST'],
    ['DELETE', '/api/api-keys/v1/policy', 'GET'],
    ['GET', '/api/api-keys/v1/keys/x/rotate', 'POST'],
    ['GET', '/api/api-keys/v1/revoke', 'POST'],
    ['POST', '/api/api-keys/v1/admin/keys.csv', 'GET'],
  ])('gets a 405 in JSON for %s %s', async (method, path, allowed) => {
    const response = await send(method, path);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allowed);
    expect(await response.json()).toMatchObject({
      error: {
        name: 'MethodNotAllowedError',
        message: `This path does not support ${method}, only ${allowed}`,
      },
      response: { statusCode: 405 },
    });
  });

  it('gets a 401 in JSON without credentials, whatever the path', async () => {
    const response = await fetch(`${portal.url}/api/api-keys/unknown`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      error: { name: 'AuthenticationError' },
    });
  });

  it('gets an answer that does not repeat a secret in its path', async () => {
    const { secret } = await portal.createKey('ada');
    const response = await send('GET', `/api/api-keys/${secret}`);
    expect(await response.text()).not.toContain(secret);
  });

  it.each([
    '/api/api-keys/.backstage/actions/v1/actions',
    '/api/api-keys/.well-known/backstage/permissions/metadata',
  ])('is left to Backstage at %s', async path => {
    expect((await send('GET', path)).status).toBe(200);
  });

  it('is left to Express if its method is OPTIONS', async () => {
    const response = await send('OPTIONS', '/api/api-keys/v1/keys');
    expect(response.status).toBe(200);
    expect(response.headers.get('allow')).toContain('POST');
  });
});
