import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import { Response, Test } from 'supertest';
import { OperationId, operationOf } from '../openapi/document';
import { SHARED_SECRET, signedByScanner } from './leakReports';
import { TestPortal } from './startTestPortal';

/** Settings of a portal that has something to answer to every operation. */
export const EVERY_OPERATION: JsonObject = {
  admins: ['user:default/ada'],
  inactivity: { default: '30 days' },
  leaks: { action: 'revoke', generic: { secrets: [SHARED_SECRET] } },
  limits: { keysPerOwner: 10_000, failuresPerIp: { max: 1_000_000 } },
  scopes: { offered: [{ name: 'orders' }] },
  // Keys stay in use although the database is away.
  verification: { maxStaleness: '1 minute' },
};

/** What there has to be before an operation is asked for: a key of its own, in use, and people who have signed in. */
export type Given = {
  id: string;
  secret: string;
  /** Of an admin, who owns the key. */
  token: string;
  /** Of somebody who has to confirm that the keys are theirs. */
  unconfirmed: string;
};

/** How to ask for each operation, so that it answers with a status below 300. A new one does not compile without an entry. */
const REQUESTS: Record<
  OperationId,
  {
    /** Values of path parameters, other than the id of the key. */
    path?: Record<string, string>;
    query?: string;
    body?: (given: Given) => object;
    form?: boolean;
    /** Who asks, if it is not the admin. */
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

/** They need no database: the document is a file, and a key in use is verified in memory. */
export const WITHOUT_DATABASE: readonly OperationId[] = [
  'getDocument',
  'introspectSecret',
  'verifyRequest',
];

/** Their keys stay in memory, since nothing else changes a key of their owner. */
const WITH_KEY_IN_USE: readonly OperationId[] = [
  'getSelf',
  'introspectSecret',
  'verifyRequest',
];

export const OPERATION_IDS = Object.keys(REQUESTS) as OperationId[];

/** Asks for an operation. */
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

/** Makes what each of the operations needs, all at once. */
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
  // At last: whatever changes a key of an owner has all of them read anew.
  for (const { secret } of all.values()) {
    await portal.call('get', '/api/probe/whoami', secret).expect(200);
  }
  return all;
}

/** What operations can change, without what uses of keys do. */
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

/** Asks for all operations at once. */
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
