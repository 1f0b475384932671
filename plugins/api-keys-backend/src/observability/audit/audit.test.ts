import { actionsRegistryServiceFactory } from '@backstage/backend-defaults/alpha';
import {
  AuditorServiceCreateEventOptions,
  AuditorServiceEventSeverityLevel,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { eventually } from '../../__testUtils__/eventually';
import {
  SHARED_SECRET,
  signedByScanner,
} from '../../__testUtils__/leakReports';
import {
  startTestPortal,
  TestPortal,
} from '../../__testUtils__/startTestPortal';
import { Audit } from './Audit';

const API = '/api/api-keys/v1';

type Told = {
  eventId: string;
  severityLevel?: AuditorServiceEventSeverityLevel;
  outcome: 'success' | 'fail';
  meta: JsonObject;
  byRequest: boolean;
};

describe('the audit log of the portal', () => {
  const auditor = mockServices.auditor.mock();
  let portal: TestPortal;
  let ada: string;
  let told: Told[];

  beforeAll(async () => {
    portal = await startTestPortal({
      apiKeys: { rotation: { revokeFamilyOnReuse: true } },
      features: [auditor.factory, actionsRegistryServiceFactory],
    });
    ada = await portal.signIn('ada');
  });

  beforeEach(() => {
    told = [];
    auditor.createEvent.mockImplementation(
      async (options: AuditorServiceCreateEventOptions) => {
        const tell =
          (outcome: Told['outcome']) =>
          async (end: { meta?: JsonObject } = {}) => {
            told.push({
              eventId: options.eventId,
              severityLevel: options.severityLevel,
              outcome,
              meta: { ...options.meta, ...end.meta },
              byRequest: options.request !== undefined,
            });
          };
        return { success: tell('success'), fail: tell('fail') };
      },
    );
  });

  afterAll(() => portal.stop());

  const rotate = (secret: string) =>
    portal.call('post', `${API}/self/rotate`, secret);
  const use = (secret: string) =>
    portal.call('get', '/api/probe/whoami', secret);
  const namesOf = () =>
    told.map(({ eventId, outcome }) => `${eventId} ${outcome}`);

  it('records everything that a user does with a key', async () => {
    const { key } = await portal.createKey('ada');
    const path = `${API}/keys/${key.id}`;
    await portal.call('patch', path, ada).send({ name: 'x' }).expect(200);
    await portal.call('post', `${path}/keep-alive`, ada).expect(200);
    const { body } = await portal.call('post', `${path}/rotate`, ada);
    await portal.call('delete', path, ada).expect(204);
    expect(namesOf()).toEqual([
      'key-create success',
      'key-update success',
      'key-keep-alive success',
      'key-rotate success',
      'key-revoke success',
    ]);
    expect(told.map(({ meta }) => meta.keyId)).toEqual([
      key.id,
      key.id,
      key.id,
      body.key.id,
      key.id,
    ]);
    expect(told.every(({ byRequest }) => byRequest)).toBe(true);
  });

  it('records everything that an admin does', async () => {
    const { key, secret } = await portal.createKey('ada');
    told = [];
    const owner = `${API}/admin/owners/${encodeURIComponent(key.owner)}/policy`;
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    await portal
      .call('post', `${API}/admin/lookup`, ada)
      .send({ token: secret });
    await portal
      .call('patch', `${API}/admin/keys/${key.id}`, ada)
      .send({ expiresAt });
    await portal.call('put', owner, ada).send({ limits: { keysPerOwner: 9 } });
    await portal.call('delete', owner, ada);
    await portal
      .call('post', `${API}/admin/revoke`, ada)
      .send({ ids: [key.id], reason: 'leaked' });
    expect(namesOf()).toEqual([
      'key-lookup success',
      'key-expiry-set success',
      'owner-policy-set success',
      'owner-policy-remove success',
      'keys-revoke success',
    ]);
    expect(JSON.stringify(told)).not.toContain(secret);
  });

  it('records refused requests', async () => {
    const { secret } = await portal.createKey('ada');
    told = [];
    portal.policy.current = ({ permission }) =>
      permission.name === 'api-keys.admin.manage'
        ? { result: AuthorizeResult.DENY }
        : undefined;
    const body = { filter: { q: 'x' }, reason: 'admin' };
    await portal
      .call('post', `${API}/admin/revoke`, ada)
      .send(body)
      .expect(403);
    // A key cannot create another key.
    const another = { name: 'another' };
    await portal.call('post', `${API}/keys`, secret).send(another).expect(403);
    expect(namesOf()).toEqual(['keys-revoke fail', 'key-create fail']);
    portal.policy.current = () => undefined;
  });

  it('records what happens without a signed-in user', async () => {
    const { key, secret } = await portal.createKey('ada');
    const { body: successor } = await rotate(secret).expect(201);
    told = [];
    await use(successor.secret).expect(200);
    await rotate(secret).expect(401);
    const leaked = await portal.createKey('ada');
    await portal
      .call('post', `${API}/revoke`)
      .set('Authorization', 'Bearer nonsense')
      .send({ token: leaked.secret })
      .expect(200);
    await eventually(async () => {
      expect(namesOf().sort()).toEqual([
        'key-create success',
        'key-first-use success',
        'key-refuse success',
        'key-revoke success',
        'key-revoke success',
      ]);
    });
    expect(told).toContainEqual({
      eventId: 'key-revoke',
      severityLevel: 'high',
      outcome: 'success',
      byRequest: false,
      meta: {
        keyId: key.id,
        owner: 'user:default/ada',
        reason: 'leaked',
        cause: 'rotated-key-reused',
        familyId: key.familyId,
        alsoRevoked: [successor.key.id],
      },
    });
    for (const text of [secret, successor.secret, leaked.secret]) {
      expect(JSON.stringify(told)).not.toContain(text);
    }
  });

  it('records what an agent does, and for which user', async () => {
    const { key, secret } = await portal.createKey('ada');
    const other = await portal.createKey('ada');
    told = [];
    const revoke = (id: string, bearer: string) =>
      portal
        .call(
          'post',
          '/api/api-keys/.backstage/actions/v1/actions/api-keys:revoke/invoke',
          bearer,
        )
        .send({ id });
    await revoke(other.key.id, secret).expect(403);
    await revoke(key.id, secret).expect(200);
    await revoke(other.key.id, ada).expect(200);
    const actor = key.owner;
    expect(told).toEqual(
      [
        { outcome: 'fail', keyId: other.key.id, withKey: key.id },
        { outcome: 'success', keyId: key.id, withKey: key.id },
        { outcome: 'success', keyId: other.key.id, withKey: undefined },
      ].map(({ outcome, ...meta }) =>
        expect.objectContaining({
          eventId: 'key-revoke',
          severityLevel: 'medium',
          outcome,
          meta: expect.objectContaining({ ...meta, actor }),
        }),
      ),
    );
    expect(JSON.stringify(told)).not.toContain(secret);
  });

  it.each<[string, Pick<Told, 'eventId' | 'severityLevel'>, JsonObject]>([
    [
      'revoke',
      { eventId: 'key-revoke', severityLevel: 'high' },
      { reason: 'leaked', cause: 'secret-scanning' },
    ],
    ['report', { eventId: 'key-leak-report', severityLevel: 'critical' }, {}],
  ])(
    'records a key that a scanner found once, to %s it',
    async (action, event, why) => {
      const leaks = { action, generic: { secrets: [SHARED_SECRET] } };
      const scanned = await startTestPortal({
        apiKeys: { leaks },
        features: [auditor.factory, actionsRegistryServiceFactory],
      });
      const { key, secret } = await scanned.createKey('ada');
      const place = { url: 'https://a.com/b', source: 'commit' };
      const report = JSON.stringify([{ token: secret, ...place }]);
      told = [];
      for (let i = 0; i < 2; i++) {
        await scanned
          .call('post', `${API}/leaks`)
          .set({
            'Content-Type': 'application/json',
            ...signedByScanner(report),
          })
          .send(report)
          .expect(200);
      }
      const owner = 'user:default/ada';
      await eventually(async () =>
        expect(told).toEqual([
          {
            ...event,
            outcome: 'success',
            byRequest: false,
            meta: {
              keyId: key.id,
              owner,
              ...why,
              scanner: 'generic',
              ...place,
            },
          },
        ]),
      );
      expect(JSON.stringify(told)).not.toContain(secret);
      await scanned.stop();
    },
  );

  it('contains no secret, whatever it receives', async () => {
    const secret = generateSecret('bsk');
    const audited = { success: jest.fn(), fail: jest.fn() };
    auditor.createEvent.mockResolvedValue(audited);
    const audit = new Audit({ auditor, logger: mockServices.logger.mock() });
    const event = { eventId: 'x', meta: { note: secret } };
    await audit.action(
      event,
      async () => {},
      () => ({ secret }),
    );
    const refused = audit.action(event, async () => {
      throw new Error(`invalid: ${secret}`);
    });
    await expect(refused).rejects.toThrow(secret);
    audit.record(event);
    expect(auditor.createEvent.mock.calls.slice(-3)).toEqual(
      Array(3).fill([{ eventId: 'x', meta: { note: 'bsk_[redacted]' } }]),
    );
    expect(audited.success.mock.calls[0]).toEqual([
      { meta: { secret: 'bsk_[redacted]' } },
    ]);
    expect(audited.fail.mock.calls[0][0].error.message).toBe(
      'invalid: bsk_[redacted]',
    );
  });

  it('loses no secret if it fails at the end', async () => {
    const logger = mockServices.logger.mock();
    auditor.createEvent.mockResolvedValue({
      success: jest.fn().mockRejectedValue(new Error('disk full')),
      fail: jest.fn(),
    });
    const audit = new Audit({ auditor, logger });
    const result = await audit.request(
      {} as Parameters<Audit['request']>[0],
      { eventId: 'key-create' },
      async () => 'made',
    );
    expect(result).toBe('made');
    expect(logger.error).toHaveBeenCalled();
  });

  it('stops an operation if it fails at the start, which answers 503 with Retry-After', async () => {
    auditor.createEvent.mockRejectedValue(new Error('disk full'));
    const { headers, body: refusal } = await portal
      .call('post', `${API}/keys`, ada)
      .send({ name: 'ci' })
      .expect(503);
    expect(headers['retry-after']).toBe('5');
    expect(refusal.error).toMatchObject({
      message: expect.stringContaining('The audit log cannot be written'),
      change: 'none',
    });
    const { body } = await portal.call('get', `${API}/keys?q=ci`, ada);
    const before = body.totalItems;
    await portal
      .call('post', `${API}/keys`, ada)
      .send({ name: 'ci' })
      .expect(503);
    const { body: after } = await portal.call('get', `${API}/keys?q=ci`, ada);
    expect(after.totalItems).toBe(before);
  });
});
