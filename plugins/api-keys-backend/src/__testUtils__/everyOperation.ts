import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import { Response, Test } from 'supertest';
import { OperationId, operationOf } from '../openapi/document';
import { SHARED_SECRET, signedByScanner } from './leakReports';
import { TestPortal } from './startTestPortal';

/** Configuration of a portal in which every operation can succeed. */
export const EVERY_OPERATION: JsonObject = {
  admins: ['user:default/ada'],
  inactivity: { default: '30 days' },
  leaks: { action: 'revoke', generic: { secrets: [SHARED_SECRET] } },
  limits: { keysPerOwner: 10_000, failuresPerIp: { max: 1_000_000 } },
  scopes: { offered: [{ name: 'orders' }] },
  // Keys stay verifiable while the database is away.
  verification: { maxStaleness: '1 minute' },
};

/** Fixtures of an operation: a key of its own, in use, and signed-in users. */
export type Given = {
  id: string;
  secret: string;
  /** User token of an admin, who owns the key. */
  token: string;
  /** User token of a user who has to confirm that the keys are theirs. */
  unconfirmed: string;
};

/**
 * Requests that make each operation respond with a status below 300. A new operation does not compile without an entry.
 */
const REQUESTS: Record<
  OperationId,
  {
    /** Values of path parameters, except for the id of the key. */
    path?: Record<string, string>;
    query?: string;
    body?: (given: Given) => object;
    form?: boolean;
    /** Credentials of the request, if they are not those of the admin. */
    bearer?: 'secret' | 'unconfirmed' | 'nobody';
  }
> = {
  getPolicy: {},
  listKeys: {},
  createKey: { body: () => ({ name: 'new', expiresIn: 'P1D' }) },
  lookUpKey: { body: ({ secret }) => ({ token: secret }) },
  getKey: {},
  updateKey: { body: () => ({ name: 'changed' }) },
  revokeKey: {},
  previewRevocation: {},
  rotateKey: { body: () => ({}) },
  keepKeyAlive: {},
  checkKey: { body: () => ({ plugin: 'probe' }) },
  listKeyEvents: {},
  getKeyUsage: {},
  listUsage: { query: 'keyId={id}' },
  listUnconfirmedOwners: {},
  confirmOwner: {
    path: { owner: 'user:default/linus' },
    body: () => ({ same: true }),
    bearer: 'unconfirmed',
  },
  listScopeKeys: { path: { scope: 'orders' } },
  getSelf: { bearer: 'secret' },
  revokeSelf: { bearer: 'secret' },
  rotateSelf: { bearer: 'secret', body: () => ({}) },
  introspectSecret: { body: ({ secret }) => ({ token: secret }), form: true },
  verifyRequest: { bearer: 'secret' },
  revokeSecret: { body: ({ secret }) => ({ token: secret }), bearer: 'nobody' },
  reportLeaks: {
    body: ({ secret }) => [{ token: secret, type: 'api-key', url: '' }],
    bearer: 'nobody',
  },
  lookUpSecret: { body: ({ secret }) => ({ token: secret }) },
  revokeKeys: { body: ({ id }) => ({ ids: [id], reason: 'admin' }) },
  transferKeys: {
    body: ({ id }) => ({ ids: [id], owner: 'group:default/team-b' }),
  },
  listAllKeys: {},
  exportKeys: {},
  getSummary: {},
  setKeyExpiry: {
    body: () => ({ expiresAt: new Date(Date.now() + 3_600_000).toISOString() }),
  },
  listOwnerPolicies: {},
  getOwnerPolicy: { path: { owner: 'user:default/ada' } },
  setOwnerPolicy: {
    path: { owner: 'group:default/team-b' },
    body: () => ({ limits: { keysPerOwner: 9000 } }),
  },
  removeOwnerPolicy: { path: { owner: 'user:default/linus' } },
  confirmOwnerAsAdmin: {
    path: { owner: 'user:default/grace' },
    body: () => ({ same: true }),
  },
  listAllEvents: {},
  exportEvents: {},
  listUpcomingWarnings: {},
  getDocument: {},
};

/** Operations that need no database: the document is a file, and a key in use is verified in memory. */
export const WITHOUT_DATABASE: readonly OperationId[] = [
  'getDocument',
  'introspectSecret',
  'verifyRequest',
];

/** Operations whose keys stay in memory, since nothing else changes a key of their owner. */
const WITH_KEY_IN_USE: readonly OperationId[] = [
  'getSelf',
  'introspectSecret',
  'verifyRequest',
];

export const OPERATION_IDS = Object.keys(REQUESTS) as OperationId[];

/** Sends the request of an operation. */
export function ask(portal: TestPortal, id: OperationId, given: Given): Test {
  const { method, path } = operationOf(id);
  const { path: values = {}, query, body, form, bearer } = REQUESTS[id];
  const fill = (template: string) =>
    template.replaceAll(/\{(\w+)\}/g, (_, name) =>
      encodeURIComponent(name === 'id' ? given.id : values[name]),
    );
  const url = `/api/api-keys${fill(path)}${query ? `?${fill(query)}` : ''}`;
  const bearers = { ...given, nobody: undefined };
  const test = portal.call(method, url, bearers[bearer ?? 'token']);
  if (!body) return test;
  if (form) return test.type('form').send(body(given));
  const text = JSON.stringify(body(given));
  return test
    .set('Content-Type', 'application/json')
    .set(id === 'reportLeaks' ? signedByScanner(text) : {})
    .send(text);
}

/** Creates the fixtures of all operations at once. */
export async function prepare(
  portal: TestPortal,
  knex: Knex,
): Promise<Map<OperationId, Given>> {
  await knex('api_key_owners').update({ unconfirmed_since: null });
  const token = await portal.signIn('ada');
  const unconfirmed = await portal.signIn('linus');
  const all = new Map<OperationId, Given>();
  for (const id of OPERATION_IDS) {
    const { body } = await portal
      .call('post', '/api/api-keys/v1/keys', token)
      .send({
        name: id,
        scopes: ['orders'],
        ...(WITH_KEY_IN_USE.includes(id) && { owner: 'group:default/team-a' }),
      })
      .expect(201);
    all.set(id, {
      id: body.key.id,
      secret: body.secret,
      token,
      unconfirmed,
    });
  }
  for (const user of ['linus', 'grace']) await portal.createKey(user);
  await portal.call('get', '/api/api-keys/v1/keys', unconfirmed).expect(200);
  await portal
    .call(
      'put',
      '/api/api-keys/v1/admin/owners/user:default%2Flinus/policy',
      token,
    )
    .send({ limits: { keysPerOwner: 9000 } })
    .expect(200);
  await knex('api_key_owners')
    .whereIn('owner', ['user:default/linus', 'user:default/grace'])
    .update({ unconfirmed_since: Date.now() });
  // Comes last: any change of an owner's key makes all keys of the owner load again.
  for (const { secret } of all.values()) {
    await portal.call('get', '/api/probe/whoami', secret).expect(200);
  }
  return all;
}

/** Columns that operations can change, without those that uses of keys change. */
export const CHANGED_COLUMNS = {
  api_keys: ['id', 'name', 'owner', 'expires_at', 'revoked_at'],
  api_key_owners: ['owner', 'unconfirmed_since'],
  api_key_policies: ['owner', 'override'],
  api_key_events: ['id', 'type'],
};

export async function stateOf(knex: Knex): Promise<string> {
  const state = [];
  for (const [table, columns] of Object.entries(CHANGED_COLUMNS)) {
    state.push(await knex(table).select(columns).orderBy(columns[0]));
  }
  return JSON.stringify(state, null, 1);
}

/** Sends the requests of all operations at once. */
export async function askForAll(
  portal: TestPortal,
  given: Map<OperationId, Given>,
): Promise<Map<OperationId, Response>> {
  const asked = OPERATION_IDS.map(
    async (id): Promise<[OperationId, Response]> => [
      id,
      await ask(portal, id, given.get(id)!),
    ],
  );
  return new Map(await Promise.all(asked));
}
