import {
  ApiKeysApi,
  ApiKeysClient,
  ListApiKeysRequest,
  ApiKeyEventFilter,
  ApiKeyFilter,
} from 'backstage-plugin-api-keys-common';
import { checkAnswer, operationFor } from '../__testUtils__/checkAnswer';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { OperationId, operations } from '../openapi/document';

/** Operations without a method in the client: for keys themselves, for callers without a sign-in, or for tools. */
const WITHOUT_METHOD: OperationId[] = [
  'getSelf',
  'rotateSelf',
  'revokeSelf',
  'revokeSecret',
  'verifyRequest',
  'reportLeaks',
  'getDocument',
];

const ADA = 'user:default/ada';
const LINUS = 'user:default/linus';
const IN_A_WEEK = new Date(Date.now() + 7 * 24 * 60 * 60 * 1000).toISOString();

const EVERY_FILTER: ApiKeyFilter = {
  owner: ADA,
  status: ['active', 'retiring'],
  q: 'ci',
  expiresBefore: IN_A_WEEK,
  unusedSince: IN_A_WEEK,
  neverUsed: true,
  withoutExpiry: false,
  createdBefore: IN_A_WEEK,
  unrestricted: true,
};

const everyEventFilter = (keyId: string): ApiKeyEventFilter => ({
  category: 'AUDIT',
  keyId,
  owner: ADA,
  actor: ADA,
  from: '2020-01-01T00:00:00Z',
  to: IN_A_WEEK,
});

/** Calls each method, named after its operation, with every optional part of its request. */
const calls: {
  [Name in keyof ApiKeysApi]: (
    client: ApiKeysClient,
    made: { id: string; secret: string },
  ) => Promise<unknown>;
} = {
  getPolicy: async client => {
    await client.getPolicy();
    return client.getPolicy('group:default/team-a');
  },
  listKeys: async client => {
    await client.createKey({ name: 'another ci' });
    const request: ListApiKeysRequest = {
      status: ['active', 'revoked'],
      q: 'ci',
      orderBy: 'name:asc',
      limit: 1,
    };
    const { items, pageInfo } = await client.listKeys(request);
    const { familyId, owner } = items[0];
    expect((await client.listKeys({ familyId, owner })).items).toEqual(items);
    return client.listKeys({ ...request, cursor: pageInfo.nextCursor });
  },
  getKey: (client, { id }) => client.getKey(id),
  lookUpKey: (client, { secret }) => client.lookUpKey(secret),
  listKeyEvents: async (client, { id }) => {
    await client.updateKey(id, { name: 'nightly' });
    const { pageInfo } = await client.listKeyEvents(id, { limit: 1 });
    return client.listKeyEvents(id, { cursor: pageInfo.nextCursor });
  },
  getKeyUsage: async (client, { id }) => {
    await client.getKeyUsage(id);
    return client.getKeyUsage(id, { days: 365 });
  },
  listUsage: async (client, { id }) => {
    await client.listUsage([id]);
    return client.listUsage([id, id], { days: 365 });
  },
  listScopeKeys: async client => {
    await client.createKey({ name: 'ci', scopes: ['a/b:c?'] });
    await client.createKey({ name: 'ci', scopes: ['a/b:c?'] });
    const { pageInfo } = await client.listScopeKeys('a/b:c?', { limit: 1 });
    const cursor = pageInfo.nextCursor;
    expect(cursor).toBeDefined();
    return client.listScopeKeys('a/b:c?', { limit: 1, cursor });
  },
  createKey: async client => {
    await client.createKey({ name: 'ci', expiresAt: null });
    return client.createKey({
      name: 'ci',
      description: 'two\nlines',
      owner: 'group:default/team-a',
      expiresIn: 'P1M',
      inactivityTimeout: 'PT12H',
      accessRestrictions: [
        {
          plugin: 'probe',
          permission: ['probe.a'],
          permissionAttribute: { action: ['read'] },
        },
      ],
      allowedIps: ['10.0.0.0/8'],
      scopes: ['a/b:c?'],
    });
  },
  checkKey: async (client, { id }) => {
    await client.checkKey(id, { plugin: 'probe' });
    return client.checkKey(id, { plugin: 'probe', permission: 'probe.a' });
  },
  updateKey: (client, { id }) =>
    client.updateKey(id, {
      name: 'nightly',
      description: null,
      expiresAt: IN_A_WEEK,
    }),
  rotateKey: (client, { id }) =>
    client.rotateKey(id, { expiresIn: 'P1D', overlap: 'until-first-use' }),
  keepKeyAlive: (client, { id }) => client.keepKeyAlive(id),
  previewRevocation: (client, { id }) => client.previewRevocation(id),
  revokeKey: (client, { id }) => client.revokeKey(id),
  listAllEvents: async (client, { id }) => {
    await client.updateKey(id, { name: 'nightly' });
    const request = { ...everyEventFilter(id), limit: 1 };
    const { pageInfo } = await client.listAllEvents(request);
    await client.listAllEvents({ ...request, cursor: pageInfo.nextCursor });
    return client.listAllEvents({ type: 'created' });
  },
  listUpcomingWarnings: async client => {
    await client.createKey({ name: 'ci', expiresIn: 'P2D' });
    const { pageInfo } = await client.listUpcomingWarnings({ limit: 1 });
    return client.listUpcomingWarnings({
      within: 'P366D',
      limit: 1,
      cursor: pageInfo.nextCursor,
    });
  },
  exportEvents: async (client, { id }) => {
    await client.exportEvents();
    return client.exportEvents({ ...everyEventFilter(id), type: 'created' });
  },
  listAllKeys: async client => {
    const { pageInfo } = await client.listAllKeys({ limit: 1 });
    await client.listAllKeys({ limit: 1, cursor: pageInfo.nextCursor });
    return client.listAllKeys(EVERY_FILTER);
  },
  exportKeys: client => client.exportKeys(EVERY_FILTER),
  getSummary: client => client.getSummary(),
  lookUpSecret: (client, { secret }) => client.lookUpSecret(secret),
  introspectSecret: async (client, { secret }) => {
    await client.introspectSecret({ token: secret });
    return client.introspectSecret({ token: secret, clientIp: '10.0.0.7' });
  },
  revokeKeys: async (client, { id }) => {
    const filter = EVERY_FILTER;
    await client.revokeKeys({ filter, reason: 'policy', dryRun: true });
    return client.revokeKeys({ ids: [id], reason: 'leaked' });
  },
  transferKeys: async (client, { id }) => {
    const owner = 'group:default/team-b';
    const filter = EVERY_FILTER;
    await client.transferKeys({ filter, owner, dryRun: true });
    return client.transferKeys({ ids: [id], owner });
  },
  setKeyExpiry: async (client, { id }) => {
    await client.setKeyExpiry(id, { expiresAt: null });
    return client.setKeyExpiry(id, { expiresAt: IN_A_WEEK });
  },
  listUnconfirmedOwners: client => client.listUnconfirmedOwners(),
  confirmOwner: client =>
    expect(client.confirmOwner(ADA, { same: true })).rejects.toThrow('409'),
  confirmOwnerAsAdmin: client =>
    expect(client.confirmOwnerAsAdmin(LINUS, { same: false })).rejects.toThrow(
      '409',
    ),
  listOwnerPolicies: async client => {
    await client.setOwnerPolicy(LINUS, { inactivity: { default: null } });
    return client.listOwnerPolicies();
  },
  setOwnerPolicy: client =>
    client.setOwnerPolicy(LINUS, {
      lifetime: { default: 'P1D', max: 'P7D', allowUnlimited: false },
      inactivity: { default: 'PT12H', max: null },
      limits: { keysPerOwner: 3 },
      restrictions: { required: true, maxPlugins: null, forbidden: ['other'] },
    }),
  getOwnerPolicy: async client => {
    await client.setOwnerPolicy(LINUS, { lifetime: { max: 'P7D' } });
    await client.getOwnerPolicy('group:default/team-b');
    return client.getOwnerPolicy(LINUS);
  },
  removeOwnerPolicy: client => client.removeOwnerPolicy(LINUS),
};

describe('ApiKeysClient', () => {
  let portal: TestPortal;
  let client: ApiKeysClient;
  let called: OperationId[];

  beforeAll(async () => {
    portal = await startTestPortal({
      apiKeys: {
        admins: [ADA],
        lifetime: { allowUnlimited: true },
        inactivity: { default: '30 days' },
        scopes: { offered: [{ name: 'a/b:c?' }] },
      },
    });
    const token = await portal.signIn('ada');
    client = new ApiKeysClient({
      discoveryApi: { getBaseUrl: async id => `${portal.url}/api/${id}` },
      fetchApi: {
        fetch: async (input, init) => {
          const { pathname, search } = new URL(String(input));
          const method = init?.method ?? 'GET';
          const response = await fetch(input, {
            ...init,
            headers: { ...init?.headers, authorization: `Bearer ${token}` },
          });
          checkAnswer(method, pathname + search, {
            status: response.status,
            contentType: response.headers.get('content-type') ?? undefined,
            cacheControl: response.headers.get('cache-control') ?? undefined,
            etag: response.headers.get('etag') ?? undefined,
            retryAfter: response.headers.get('retry-after') ?? undefined,
            text: await response.clone().text(),
          });
          called.push(operationFor(method, pathname)!.id);
          return response;
        },
      },
    });
  });

  beforeEach(() => {
    called = [];
  });

  afterAll(() => portal.stop());

  // The backend validates requests against the document, and checkAnswer validates responses.
  it.each(Object.entries(calls))(
    '%s is the operation of that name in the document',
    async (name, call) => {
      const { key, secret } = await portal.createKey('ada');
      await call(client, { id: key.id, secret });
      expect(called.at(-1)).toBe(name);
    },
  );

  it('has a method for every operation that users and admins can call', () => {
    const all = operations.map(({ id }) => id);
    expect([...Object.keys(calls), ...WITHOUT_METHOD].sort()).toEqual(
      all.sort(),
    );
  });

  it('never sends a secret in a URL', async () => {
    const { secret } = await portal.createKey('ada');
    called = [];
    for (const call of [
      client.listKeys({ q: `is it ${secret}` }),
      client.getKey(secret),
      client.listAllEvents({ owner: `user:default/${secret}` }),
    ]) {
      await expect(call).rejects.toThrow(
        'The secret of an API key must not be in a URL',
      );
    }
    expect(called).toEqual([]);
  });
});
