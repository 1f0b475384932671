import { TestDatabases } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import { badBodies, badQueries } from '../__testUtils__/badInputs';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import {
  Operation,
  OperationId,
  operationOf,
  operations as allOperations,
} from '../openapi/document';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
const THE_YEAR_9999 = '9999-12-31T23:59:59Z';
const SECONDS_READ_AS_MS = new Date(1893456000).toISOString();
const IN_A_MINUTE = new Date(Date.now() + 60_000).toISOString();

/** Operations with tests of their own, such as leaks.test.ts. */
const ELSEWHERE: OperationId[] = [
  'reportLeaks',
  'introspectSecret',
  'verifyRequest',
];
const operations = allOperations.filter(({ id }) => !ELSEWHERE.includes(id));

/** Bodies that change or find something if additional input is ignored. */
const GOOD_BODIES: { [Id in OperationId]?: JsonObject } = {
  createKey: { name: 'new' },
  checkKey: { plugin: 'probe' },
  updateKey: { name: 'changed' },
  rotateKey: {},
  rotateSelf: {},
  revokeKeys: { filter: { q: 'ci' }, reason: 'admin' },
  transferKeys: { filter: { q: 'ci' }, owner: 'group:default/team-b' },
  lookUpSecret: { token: 'garbage' },
  lookUpKey: { token: 'garbage' },
  revokeSecret: { token: 'garbage' },
  setKeyExpiry: { expiresAt: IN_A_MINUTE },
  setOwnerPolicy: { limits: { keysPerOwner: 0 } },
  confirmOwner: { same: true },
  confirmOwnerAsAdmin: { same: true },
};

const PROBE = { plugin: 'probe' };
const OTHER = { plugin: 'other' };

/** Each is added to a valid restriction. */
const BAD_RESTRICTIONS: [JsonObject, string][] = [
  ...(
    [
      [[], 'accessRestrictions: must list at least one plugin'],
      [Array(101).fill(PROBE), 'accessRestrictions: must have at most 100'],
      [
        [PROBE, { plugin: 'gone' }],
        'accessRestrictions[1].plugin: must be a plugin of this portal that takes API keys: ',
      ],
      [[{ plugin: 'auth' }], 'accessRestrictions[0].plugin: must be a plugin'],
      [[{ plugin: 'Probe' }], 'accessRestrictions[0].plugin: must be a plugin'],
      [
        [PROBE, OTHER, PROBE],
        'accessRestrictions[2].plugin: must not be listed twice',
      ],
      [
        [OTHER, { ...PROBE, permission: [] }],
        'accessRestrictions[1].permission: must not be empty',
      ],
      [
        [OTHER, { ...PROBE, permission: ['probe.a', 'probe.z'] }],
        `accessRestrictions[1].permission[1]: must be a permission of the plugin 'probe': probe.look, probe.a`,
      ],
      [
        [{ ...PROBE, permission: ['api-keys.key.read'] }],
        'accessRestrictions[0].permission[0]: must be a permission',
      ],
      [
        [{ ...PROBE, permission: ['probe.a', 'probe.b', 'probe.a'] }],
        'accessRestrictions[0].permission[2]: must not be listed twice',
      ],
      [
        [{ ...PROBE, permission: Array(101).fill('probe.a') }],
        'accessRestrictions[0].permission: must have at most 100',
      ],
      [
        [{ ...PROBE, permission: [7] }],
        'accessRestrictions[0].permission[0]: must be a string',
      ],
      [
        [{ ...PROBE, permissionAttribute: {} }],
        'accessRestrictions[0].permissionAttribute.action: is missing',
      ],
      [
        [{ ...PROBE, permissionAttribute: { action: [] } }],
        'accessRestrictions[0].permissionAttribute.action: must not be empty',
      ],
      [
        [{ ...PROBE, permissionAttribute: { action: ['write'] } }],
        'accessRestrictions[0].permissionAttribute.action[0]: must be one of',
      ],
      [
        [{ ...PROBE, permissionAttribute: { action: ['read', 'read'] } }],
        'accessRestrictions[0].permissionAttribute.action[1]: must not be listed twice',
      ],
      [
        [{ ...PROBE, permissionAttribute: { action: ['read'], x: 1 } }],
        'accessRestrictions[0].permissionAttribute has unknown fields: "x"',
      ],
    ] as [JsonObject[], string][]
  ).map(([accessRestrictions, named]): [JsonObject, string] => [
    { accessRestrictions },
    named,
  ]),
  ...(
    [
      [[], 'allowedIps: must not be empty'],
      [Array(101).fill('10.0.0.1'), 'allowedIps: must have at most 100'],
      [['10.0.0.0/8', '0/0'], 'allowedIps[1]: must be an IP address'],
      [['000.0.0.0/0'], 'allowedIps[0]: must be an IP address'],
      [['0x0a.0.0.0/8'], 'allowedIps[0]: must be an IP address'],
      [[' 10.0.0.0/8'], 'allowedIps[0]: must be an IP address'],
      [['fe80::1%eth0'], 'allowedIps[0]: must be an IP address'],
      [['10.0.0.1/8'], 'allowedIps[0]: must not have bits beyond its prefix'],
      [['::ffff:10.0.0.0/104'], 'allowedIps[0]: must be written as IPv4'],
      [['0.0.0.0/0'], 'allowedIps[0]: must not be 0.0.0.0/0: leave allowedIps'],
      [['::/0'], 'allowedIps[0]: must not be ::/0: leave allowedIps out'],
      [
        ['10.0.0.1', '::1', '10.0.0.1/32'],
        'allowedIps[2]: must not be listed twice',
      ],
      [['x'.repeat(51)], 'allowedIps[0]: must have at most 50 characters'],
    ] as [string[], string][]
  ).map(([allowedIps, named]): [JsonObject, string] => [{ allowedIps }, named]),
];

const MALFORMED_IDS = [
  'x',
  'bsk_',
  '%00',
  '%zz',
  `${UNKNOWN_ID}0`,
  `urn:uuid:${UNKNOWN_ID}`,
];

const COLUMNS = [
  'id',
  'name',
  'description',
  'owner',
  'expires_at',
  'inactivity_timeout',
  'kept_alive_at',
  'revoked_at',
  'successor_id',
];
const EVENT_COLUMNS = [
  'id',
  'at',
  'type',
  'key_id',
  'owner',
  'actor',
  'details',
];

describe.each(databases.eachSupportedId())('bad input on %s', databaseId => {
  let knex: Knex;
  let portal: TestPortal;
  let ada: string;
  let key: { id: string; secret: string };
  let rows: unknown;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    portal = await startTestPortal({ knex });
    ada = await portal.signIn('ada');
    const created = await portal.createKey('ada', { name: 'ci' });
    key = { id: created.key.id, secret: created.secret };
    rows = await readRows();
  });

  afterAll(() => portal.stop());

  afterEach(expectNoChange);

  // Validation refuses these before they reach the database, so one engine is enough.
  if (databaseId === 'SQLITE_3') {
    it.each(operations.map(operation => [operation.id, operation] as const))(
      '%s refuses every invalid input with a 400 that names it',
      async (id, operation) => {
        const hasBody = operation.method !== 'get';
        const inputs = [
          ...badQueries(operation),
          ...(hasBody ? badBodies(operation, GOOD_BODIES[id] ?? {}) : []),
        ];
        for (const input of inputs) {
          const { status, body } = await send(operation, input);
          const { name, message } = body.error ?? {};
          // Includes the input, so that a failure shows it.
          expect({ input, status, name, message }).toEqual({
            input,
            status: 400,
            name: 'InputError',
            message: expect.stringContaining(input.named),
          });
        }
      },
    );

    it.each<[OperationId, JsonObject, string]>([
      ['createKey', { name: 'new', expiresAt: THE_YEAR_9999 }, 'expiresAt'],
      [
        'createKey',
        { name: 'new', expiresAt: SECONDS_READ_AS_MS },
        'expiresAt',
      ],
      ['createKey', { name: 'new', expiresIn: 'P999Y' }, 'expiresIn'],
      ...BAD_RESTRICTIONS.map(
        ([restrictions, named]): [OperationId, JsonObject, string] => [
          'createKey',
          { name: 'new', ...restrictions },
          named,
        ],
      ),
      ['checkKey', { plugin: 'gone' }, 'plugin: must be a plugin'],
      ['updateKey', { expiresAt: THE_YEAR_9999 }, 'expiresAt'],
      ['updateKey', { expiresAt: SECONDS_READ_AS_MS }, 'expiresAt'],
      ['updateKey', {}, 'must change something'],
      ['rotateKey', { expiresIn: 'P999Y' }, 'expiresIn'],
      ['setKeyExpiry', { expiresAt: THE_YEAR_9999 }, 'expiresAt'],
      ['setKeyExpiry', { expiresAt: SECONDS_READ_AS_MS }, 'expiresAt'],
      ['revokeKeys', { reason: 'admin' }, 'either ids or filter'],
      ['revokeKeys', { reason: 'admin', filter: {} }, 'filter'],
      ['setOwnerPolicy', { lifetime: {} }, 'lifetime'],
      ['setOwnerPolicy', { restrictions: {} }, 'restrictions'],
      [
        'setOwnerPolicy',
        { restrictions: { forbidden: ['a', 'a b'] } },
        'restrictions.forbidden[1]: must be the id of a plugin',
      ],
      [
        'setOwnerPolicy',
        { restrictions: { forbidden: ['a', 'b', 'a'] } },
        'restrictions.forbidden: must not hold [2] twice',
      ],
    ])('%s refuses %j, naming it', async (id, request, named) => {
      const body = JSON.stringify(request);
      const answer = await send(operationOf(id), { body });
      expect(answer.status).toBe(400);
      expect(answer.body.error.message).toContain(named);
    });

    const withBody = operations.filter(({ requestBody }) => requestBody);

    it.each(withBody.map(operation => [operation.id, operation] as const))(
      '%s refuses a body that is not JSON, instead of ignoring it',
      async (id, operation) => {
        const body = JSON.stringify(GOOD_BODIES[id]);
        const answer = await send(operation, { body, type: 'text/plain' });
        expect(answer.status).toBe(400);
        expect(answer.body.error.message).toContain('Content-Type');
      },
    );

    it('a body in an unknown encoding is refused, and named', async () => {
      const answer = await send(operationOf('createKey'), {
        body: '{"name":"ci"}',
        type: 'application/json; charset=iso-8859-1',
      });
      expect(answer.status).toBe(400);
      expect(answer.body.error.message).toContain('ISO-8859-1');
    });

    const notForEverybody = operations.filter(
      ({ id, method, path }) =>
        path.startsWith('/v1/self') ||
        !(method === 'get' || id === 'lookUpSecret' || id === 'revokeSecret'),
    );

    it.each(
      notForEverybody.map(operation => [operation.id, operation] as const),
    )(
      '%s authenticates the caller before it validates the input',
      async (_, operation) => {
        // /v1/self accepts only keys, and the management of keys only users.
        const isSelf = operation.path.startsWith('/v1/self');
        const bearer = isSelf ? ada : key.secret;
        const { status } = await send(operation, {
          query: 'nonsense=1',
          bearer,
        });
        expect(status).toBe(403);
      },
    );
  }

  it.each<[OperationId, string]>([
    ['listKeys', 'x'],
    ['listKeys', btoa('{}')],
    ['listKeys', btoa('["createdAt:desc","x","y"]')],
    [
      'listKeys',
      btoa('["name:asc","x","00000000-0000-4000-8000-000000000000"]'),
    ],
  ])('%s refuses the cursor %s, naming it', async (id, cursor) => {
    const answer = await send(operationOf(id), { query: `cursor=${cursor}` });
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain('cursor');
  });

  const operationsOfKeys = operations.filter(({ path }) =>
    path.includes('{id}'),
  );

  it.each(
    operationsOfKeys.map(operation => [operation.id, operation] as const),
  )(
    '%s finds no key for a malformed id, and does not repeat the id',
    async (id, operation) => {
      const body = JSON.stringify(GOOD_BODIES[id]);
      for (const keyId of MALFORMED_IDS) {
        const answer = await send(operation, { body, keyId });
        const { message } = answer.body.error;
        expect({ keyId, status: answer.status, message }).toEqual({
          keyId,
          status: 404,
          message: expect.not.stringContaining(keyId),
        });
      }
    },
  );

  it.each(['%', '_', '\\', '%%', 'c_'])(
    'a search for %s matches only the literal text',
    async q => {
      const found = await send(operationOf('listKeys'), {
        query: `q=${encodeURIComponent(q)}`,
      });
      expect(found.body.totalItems).toBe(0);
      const revoked = await send(operationOf('revokeKeys'), {
        body: JSON.stringify({ filter: { q }, reason: 'admin' }),
      });
      expect(revoked.body).toMatchObject({ matched: 0, revoked: 0 });
    },
  );

  function send(
    { id, method, path }: Operation,
    input: {
      query?: string;
      body?: string;
      type?: string;
      keyId?: string;
      bearer?: string;
    },
  ) {
    const { query = '', body, type = 'json', keyId = key.id } = input;
    const owner = encodeURIComponent('user:default/ada');
    const url = path
      .replace('{id}', keyId)
      .replace('{owner}', owner)
      .replace('{scope}', 'deploy');
    const right = path.startsWith('/v1/self') ? key.secret : ada;
    const test = portal.call(
      method,
      `/api/api-keys${url}?${query}`,
      id === 'revokeSecret' ? undefined : input.bearer ?? right,
    );
    return body ? test.type(type).send(body) : test;
  }

  async function expectNoChange() {
    expect(await readRows()).toEqual(rows);
  }

  /** Reads all stored rows, without the columns that each use of a key, or the delivery of an event, changes. */
  async function readRows() {
    return {
      keys: await knex('api_keys').orderBy('id').select(COLUMNS),
      events: await knex('api_key_events').orderBy('id').select(EVENT_COLUMNS),
      policies: await knex('api_key_policies').orderBy('owner'),
    };
  }
});
