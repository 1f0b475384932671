import { createLazyClient } from './createLazyClient';

const setUp = (fetch: jest.Mock) =>
  createLazyClient({
    discoveryApi: { getBaseUrl: async () => 'https://portal.example.com' },
    fetchApi: { fetch },
  });

describe('createLazyClient', () => {
  it('creates a client that calls the backend', async () => {
    const fetch = jest.fn(async () => new Response(null, { status: 204 }));
    await setUp(fetch).revokeKey('k1');
    expect(fetch).toHaveBeenCalledWith(
      'https://portal.example.com/v1/keys/k1',
      expect.objectContaining({ method: 'DELETE' }),
    );
  });

  it('passes on an error response', async () => {
    const fetch = jest.fn(async () =>
      Response.json({ error: { message: 'not yours' } }, { status: 403 }),
    );
    await expect(setUp(fetch).getKey('k1')).rejects.toMatchObject({
      statusCode: 403,
    });
  });

  it('is not a thenable', async () => {
    const client = setUp(jest.fn());
    expect(await client).toBe(client);
  });

  it('tries again after its code could not be fetched', async () => {
    jest.resetModules();
    let attempts = 0;
    jest.doMock('./client', () => {
      attempts += 1;
      if (attempts === 1) throw new Error('Loading chunk failed');
      return jest.requireActual('./client');
    });
    const fetch = jest.fn(async () => new Response(null, { status: 204 }));
    const client = setUp(fetch);
    await expect(client.revokeKey('k1')).rejects.toThrow('Loading chunk');
    await client.revokeKey('k1');
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});
