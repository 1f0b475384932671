import { TestDatabases } from '@backstage/backend-test-utils';
import { startTestPortal, TestPortal } from './__testUtils__/startTestPortal';
import { eventually } from './__testUtils__/eventually';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('API keys on %s', databaseId => {
  let portal: TestPortal;

  beforeAll(async () => {
    portal = await startTestPortal({
      knex: await databases.init(databaseId),
      apiKeys: { lastUsed: { resolution: '1 second' } },
    });
  });

  it('let a user create a key, act as the user, see its last use and end it', async () => {
    const token = await portal.signIn('ada');

    const created = await portal
      .call('post', '/api/api-keys/v1/keys', token)
      .send({ name: 'ci', description: 'nightly', expiresIn: 'P30D' });
    expect(created.status).toBe(201);
    expect(created.headers['cache-control']).toBe('no-store');
    const { key, secret } = created.body;
    expect(secret).toMatch(/^bsk_[0-9A-Za-z]{49}$/);
    expect(key).toMatchObject({
      name: 'ci',
      description: 'nightly',
      owner: 'user:default/ada',
      subject: 'user:default/ada',
      status: 'active',
      lastUsedAt: null,
      useCount: 0,
      hint: secret.slice(-4),
    });

    const whoami = await portal
      .call('get', '/api/probe/whoami', secret)
      .set('User-Agent', 'curl/8.5.0');
    expect(whoami.status).toBe(200);
    expect(whoami.body).toEqual({
      principal: { type: 'user', userEntityRef: 'user:default/ada' },
      info: {
        userEntityRef: 'user:default/ada',
        ownershipEntityRefs: ['user:default/ada', 'group:default/team-a'],
      },
    });

    const path = `/api/api-keys/v1/keys/${key.id}`;
    await eventually(async () => {
      const { body } = await portal.call('get', path, token).expect(200);
      expect(body).toMatchObject({
        lastUsedAt: expect.any(String),
        lastUsedIp: expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
        lastUsedUserAgent: 'curl/8.5.0',
        useCount: 1,
      });
    });

    await portal.call('delete', path, token).expect(204);
    const refused = await portal.call('get', '/api/probe/whoami', secret);
    expect(refused.status).toBe(401);
    expect(refused.headers['www-authenticate']).toMatch(
      /^Bearer realm="backstage", error="invalid_token", error_description="The API key was revoked on 20\d\d-.*"$/,
    );
    const { body: ended } = await portal.call('get', path, token).expect(200);
    expect(ended).toMatchObject({
      status: 'revoked',
      revokedBy: 'user:default/ada',
      revokedReason: 'owner',
    });
  });

  it('write the last uses at shutdown', async () => {
    const knex = await databases.init(databaseId);
    const stopping = await startTestPortal({ knex });
    const { key, secret } = await stopping.createKey('ada');
    // The first use is written at once; the second would wait for the resolution of one minute.
    await stopping.call('get', '/api/probe/whoami', secret).expect(200);
    const useCount = async () =>
      Number((await knex('api_keys').where({ id: key.id }).first()).use_count);
    await eventually(async () => expect(await useCount()).toBe(1));
    await stopping.call('get', '/api/probe/whoami', secret).expect(200);
    expect(await useCount()).toBe(1);

    await stopping.stop();

    expect(await useCount()).toBe(2);
  });
});
