import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { Response } from 'supertest';
import {
  ask,
  EVERY_OPERATION,
  Given,
  prepare,
} from '../../__testUtils__/everyOperation';
import {
  startTestPortal,
  TestPortal,
} from '../../__testUtils__/startTestPortal';
import { OperationId } from '../../openapi/document';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const REVOCATIONS: OperationId[] = [
  'revokeKey',
  'revokeKeys',
  'revokeSecret',
  'revokeSelf',
  'reportLeaks',
];

const CATALOG_METHODS = [
  'getEntities',
  'getEntitiesByRefs',
  'getEntityByRef',
  'queryEntities',
] as const;

/** Rejects the calls that hang until the test is over, so that the portal can stop. */
const hanging: ((error: Error) => void)[] = [];
const HANGING = () =>
  new Promise<never>((_, reject) => {
    hanging.push(reject);
  });
const FAILING = async () => {
  throw new Error('down');
};

describe('while other parts of Backstage are down', () => {
  let portal: TestPortal;
  let given: Map<OperationId, Given>;
  let answer: () => Promise<never>;
  let isAway: boolean;
  const auditor = mockServices.auditor.mock();
  const audited = { success: jest.fn(), fail: jest.fn() };

  beforeAll(async () => {
    const away = async () => (isAway ? answer() : undefined);
    auditor.createEvent.mockImplementation(async () => {
      await away();
      return audited;
    });
    const knex = await databases.init('SQLITE_3');
    portal = await startTestPortal({
      knex,
      apiKeys: EVERY_OPERATION,
      features: [
        auditor.factory,
        createServiceFactory({
          service: signalsServiceRef,
          deps: {},
          factory: () => ({ publish: away }),
        }),
        createServiceFactory({
          service: eventsServiceRef,
          deps: {},
          factory: () => ({ publish: away, subscribe: async () => {} }),
        }),
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({ send: away }),
        }),
      ],
    });
    isAway = false;
    given = await prepare(portal, knex);
  });

  beforeEach(async () => {
    isAway = true;
  });

  afterEach(() => {
    isAway = false;
    audited.success.mockReset();
    audited.fail.mockReset();
    for (const reject of hanging.splice(0)) reject(new Error('late'));
    jest.restoreAllMocks();
  });

  afterAll(() => portal.stop());

  const revokeWith = async (id: OperationId) => {
    isAway = false;
    const { key, secret } = await portal.createKey('ada');
    await portal.call('get', '/api/probe/whoami', secret).expect(200);
    isAway = true;
    const its = { ...given.get(id)!, id: key.id, secret };
    const { status } = await ask(portal, id, its);
    expect(status).toBeLessThan(300);
    await portal.call('get', '/api/probe/whoami', secret).expect(401);
  };

  it.each(REVOCATIONS)(
    '%s ends a key although the auditor, signals, events and notifications fail',
    async id => {
      answer = FAILING;
      await revokeWith(id);
    },
  );

  it.each(REVOCATIONS)(
    '%s ends a key although none of them responds',
    async id => {
      answer = HANGING;
      await revokeWith(id);
    },
  );

  it('a created key is returned to its owner although the auditor cannot record the outcome', async () => {
    isAway = false;
    audited.success.mockImplementation(HANGING);
    const { status, body } = await ask(
      portal,
      'createKey',
      given.get('createKey')!,
    );
    expect(status).toBe(201);
    expect(body.secret).toMatch(/^bsk_/);
  });

  it('a denied request stays denied although the auditor cannot record it', async () => {
    isAway = false;
    audited.fail.mockImplementation(FAILING);
    const { status } = await portal
      .call('post', '/api/api-keys/v1/keys', given.get('createKey')!.token)
      .send({ name: '' });
    expect(status).toBe(400);
  });

  it('a key that cannot be audited is not created', async () => {
    answer = HANGING;
    expectNothingChanged(
      await ask(portal, 'createKey', given.get('createKey')!),
    );
  });

  it.each<[string, () => Promise<never>]>([
    ['fails', FAILING],
    ['does not answer', HANGING],
  ])(
    'requests that depend on the catalog get a 503 that says that nothing was changed when it %s',
    async (_, fault) => {
      isAway = false;
      for (const method of CATALOG_METHODS) {
        jest.spyOn(portal.catalog, method).mockImplementation(fault);
      }
      const ids: OperationId[] = ['createKey', 'rotateKey', 'transferKeys'];
      const answers = await Promise.all(
        ids.map(id => ask(portal, id, given.get(id)!)),
      );
      answers.forEach(expectNothingChanged);
    },
    30_000,
  );

  it.each<[string, () => Promise<never>]>([
    ['fails', FAILING],
    ['does not answer', HANGING],
  ])(
    'requests that depend on the permission policy get a 503 with Retry-After when it %s',
    async (_, fault) => {
      isAway = false;
      portal.policy.current = fault;
      const ids: OperationId[] = ['createKey', 'listKeys', 'revokeKey'];
      const answers = await Promise.all(
        ids.map(id => ask(portal, id, given.get(id)!)),
      );
      portal.policy.current = () => undefined;
      expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
      for (const { headers } of answers) {
        expect(headers['retry-after']).toBe('5');
      }
    },
    30_000,
  );
});

function expectNothingChanged({ status, headers, body }: Response) {
  expect({ status, retry: headers['retry-after'], ...body.error }).toEqual({
    status: 503,
    retry: '5',
    name: 'ServiceUnavailableError',
    message: expect.stringContaining('Nothing was changed'),
    change: 'none',
  });
}
