import { TestDatabases } from '@backstage/backend-test-utils';
import {
  EchoUpstream,
  startEchoUpstream,
} from '../../__testUtils__/echoUpstream';
import {
  SharedDatabases,
  sharedDatabases,
} from '../../__testUtils__/sharedDatabases';
import { startPortalProcess } from '../../__testUtils__/startPortalProcess';
import { TestProgram } from '../../__testUtils__/startProgram';
import { PortalClient } from '../../__testUtils__/startTestPortal';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const PODS = '/api/kubernetes/proxy/api/v1/pods';
const ACCOUNT_TOKEN = 'account-token';

/** Runs in a separate process, since the client of the plugin is an ES module, which Jest does not load. */
describe('a cluster behind the Kubernetes plugin', () => {
  let shared: SharedDatabases;
  let cluster: EchoUpstream;
  let portal: PortalClient;
  let program: TestProgram;
  let secret: string;
  let keyId: string;

  beforeAll(async () => {
    shared = await sharedDatabases(databases, 'SQLITE_3');
    cluster = await startEchoUpstream();
    const clusters = [
      {
        name: 'with-account',
        url: cluster.url,
        authProvider: 'serviceAccount',
        serviceAccountToken: ACCOUNT_TOKEN,
      },
      {
        name: 'without-account',
        url: cluster.url,
        authProvider: 'localKubectlProxy',
      },
    ];
    ({ portal, program } = await startPortalProcess({
      shared,
      plugin: '@backstage/plugin-kubernetes-backend',
      config: {
        kubernetes: {
          serviceLocatorMethod: { type: 'multiTenant' },
          clusterLocatorMethods: [{ type: 'config', clusters }],
        },
      },
    }));
    const created = await portal.createKey('ada', {
      accessRestrictions: [{ plugin: 'kubernetes' }],
    });
    secret = created.secret;
    keyId = created.key.id;
  });

  afterAll(async () => {
    await program.stop();
    await shared.remove();
    cluster.stop();
  });

  const ask = (name: string, headers: Record<string, string>) =>
    portal
      .call('get', PODS)
      .set('Backstage-Kubernetes-Cluster', name)
      .set(headers);

  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

  it.each([
    ['a bearer token', () => bearer(secret)],
    ['a header', () => ({ 'X-API-Key': secret })],
    ['a password', () => ({ Authorization: `Basic ${btoa(`x:${secret}`)}` })],
  ])(
    'gets its service account or nothing, and not the key, which was %s',
    async (_, headers) => {
      const withAccount = await ask('with-account', headers()).expect(200);
      expect(withAccount.body.headers).toMatchObject(bearerOf(ACCOUNT_TOKEN));
      const { body } = await ask('without-account', headers()).expect(200);
      expect(body.headers).not.toHaveProperty('authorization');
      expect(JSON.stringify(body)).not.toContain(secret);
    },
  );

  it('gets no key from the header for its own credentials', async () => {
    const session = await portal.signIn('ada');
    const { body } = await ask('without-account', {
      ...bearer(session),
      'Backstage-Kubernetes-Authorization': `Bearer ${secret}`,
    }).expect(200);
    expect(JSON.stringify(body)).not.toContain(secret);
  });

  it('is not reachable with a key for another plugin, or with a revoked key', async () => {
    const { secret: foreign } = await portal.createKey('ada', {
      accessRestrictions: [{ plugin: 'probe' }],
    });
    const before = cluster.requests.length;
    await ask('with-account', bearer(foreign)).expect(403);
    const session = await portal.signIn('ada');
    await portal
      .call('delete', `/api/api-keys/v1/keys/${keyId}`, session)
      .expect(204);
    await ask('with-account', bearer(secret)).expect(401);
    expect(cluster.requests).toHaveLength(before);
  });

  it('receives no key, and no key is logged', () => {
    expect(program.output()).toContain(PODS);
    for (const text of [secret, btoa(`x:${secret}`)]) {
      expect(cluster.requests.join()).not.toContain(text);
      expect(program.output()).not.toContain(text);
    }
  });
});

function bearerOf(token: string) {
  return { authorization: `Bearer ${token}` };
}
