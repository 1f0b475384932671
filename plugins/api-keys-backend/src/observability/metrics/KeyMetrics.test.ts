import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { meter } from '../../__testUtils__/metrics';
import { Replicas, startReplicas } from '../../__testUtils__/replicas';
import {
  maker,
  serviceOn,
  ServiceReplica,
} from '../../__testUtils__/serviceOn';

import { KeySummary } from '../../database/queries';
import { DAY } from '../../lifecycle/time';
import { Notifier } from '../../notifications/Notifier';
import { KeyStore } from '../../database/KeyStore';
import { KeyCounts } from './KeyCounts';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const ADA = 'user:default/ada';
const ATTEMPT = { plugin: 'catalog', ip: '10.0.0.7', userAgent: 'curl/8' };

describe.each(databases.eachSupportedId())('metrics on %s', databaseId => {
  let replicas: Replicas;
  let knex: Knex;
  let replica: ServiceReplica;

  beforeAll(async () => {
    replicas = await startReplicas(databases, databaseId);
    knex = replicas.knex;
  });

  beforeEach(async () => {
    for (const table of ['api_keys', 'api_key_owners', 'api_key_events']) {
      await knex(table).delete();
    }
    replica = serviceOn(replicas.stores[0]);
  });

  afterEach(() => jest.restoreAllMocks());
  afterAll(() => replicas.stop());

  const create = () => replica.service.create(ADA, { name: 'ci' }, maker(ADA));
  const change = (id: string, columns: object) =>
    knex('api_keys').where({ id }).update(columns);
  const values = async (name: string, label: string) => {
    const all = await replica.measured();
    const points = all.filter(one => one.name === name && one.value > 0);
    return Object.fromEntries(
      points.map(({ labels, value }) => [
        (labels as Record<string, string>)[label],
        value,
      ]),
    );
  };

  it('count cache hits and misses', async () => {
    const cached = serviceOn(replicas.stores[0], {
      verification: { maxStaleness: '1 minute' },
    });
    cached.cache.refreshed(performance.now());
    const { secret } = await create();
    for (let i = 0; i < 3; i++) await cached.verifier.verify(secret, ATTEMPT);
    await cached.verifier.verify(`${secret}x`, ATTEMPT);
    for (const [result, value] of Object.entries({ hit: 2, miss: 1 })) {
      expect(await cached.measured()).toContainEqual({
        name: 'api_keys.cache.lookups.count',
        labels: { result },
        value,
      });
    }
  });

  it('count each outcome of a verification, and measure its duration', async () => {
    const present = async (columns: object) => {
      const { key, secret } = await create();
      await change(key.id, columns);
      await replica.verifier.verify(secret, ATTEMPT);
      return secret;
    };
    await present({ use_count: 0 });
    await present({ use_count: 0 });
    await present({ revoked_at: 1, revoked_reason: 'owner' });
    await present({ expires_at: 1 });
    await present({ created_at: 1, inactivity_timeout: DAY });
    const deleted = await create();
    await knex('api_keys').where({ id: deleted.key.id }).delete();
    await replica.verifier.verify(deleted.secret, ATTEMPT);
    await replica.verifier.verify(`${deleted.secret}x`, ATTEMPT);
    const last = await present({ use_count: 0 });
    await knex('api_key_owners').update({ missing_since: 1 });
    await replica.verifier.verify(last, ATTEMPT);
    jest
      .spyOn(replicas.stores[0].keys, 'findForVerification')
      .mockRejectedValue(new Error('gone'));
    await expect(replica.verifier.verify(last, ATTEMPT)).rejects.toThrow();

    expect(await values('api_keys.verifications.count', 'outcome')).toEqual({
      accepted: 3,
      revoked: 1,
      expired: 1,
      inactive: 1,
      unknown: 1,
      malformed: 1,
      'owner-missing': 1,
      unavailable: 1,
    });
    expect(await values('api_keys.refusals.count', 'reason')).toEqual({
      owner: 1,
      expired: 1,
      inactive: 1,
      'owner-missing': 1,
    });
    expect(await replica.measured()).toContainEqual({
      name: 'api_keys.verification.duration',
      labels: {},
      value: 10,
    });
  });

  it('contain no owner, key or secret', async () => {
    const { key, secret } = await create();
    await replica.use(secret);
    await replica.recorder.flush();
    await change(key.id, { revoked_at: 1, revoked_reason: 'leaked' });
    await replica.verifier.verify(secret, ATTEMPT);

    const told = JSON.stringify(await replica.measured());
    expect(told).toMatch('leaked');
    for (const secretive of [
      key.id,
      secret.slice(0, 8),
      'ada',
      key.hint,
      ATTEMPT.ip,
      'curl',
    ]) {
      expect(told).not.toMatch(secretive);
    }
  });

  it('count written uses, and failed writes', async () => {
    const keys = [await create(), await create()];
    for (const { key } of keys) {
      replica.recorder.record(key.id, ATTEMPT, Date.now());
    }
    const applyUsage = jest
      .spyOn(replicas.stores[0].usage, 'applyUsage')
      .mockRejectedValueOnce(new Error('gone'));
    await replica.recorder.flush();
    expect(replica.recorder.waiting).toBe(2);
    await replica.recorder.flush();
    expect(replica.recorder.waiting).toBe(0);
    expect(applyUsage).toHaveBeenCalledTimes(2);

    const measured = await replica.measured();
    for (const [name, value] of [
      ['api_keys.usage.flush.failures.count', 1],
      ['api_keys.usage.flushed.count', 2],
      ['api_keys.usage.flush.duration', 1],
    ]) {
      expect(measured).toContainEqual({ name, labels: {}, value });
    }
    await replica.recorder.stop();
  });

  it('export the number of keys, counted on demand and at most every five minutes', async () => {
    const store = replicas.stores[0].keys;
    const keys = [await create(), await create(), await create()];
    await change(keys[0].key.id, { expires_at: Date.now() + 13 * DAY });
    await change(keys[1].key.id, { expires_at: Date.now() + 16 * DAY });
    await change(keys[2].key.id, { revoked_at: 1 });
    const summarize = jest.spyOn(store, 'summarize');
    const { metrics, measured } = meter();
    const counts = new KeyCounts({
      keys: store,
      logger: mockServices.logger.mock(),
    });
    metrics.watchKeys(() => counts.get());
    metrics.watchBuffer(() => 7);
    expect(summarize).not.toHaveBeenCalled();

    const ofStatus = (status: string, value: number) => ({
      name: 'api_keys.keys.count',
      labels: { status },
      value,
    });
    const gauge = (name: string, value: number) => ({
      name,
      labels: {},
      value,
    });
    expect(await measured()).toEqual(
      expect.arrayContaining([
        ofStatus('active', 2),
        ofStatus('revoked', 1),
        ofStatus('expired', 0),
        gauge('api_keys.keys.expiring.count', 1),
        gauge('api_keys.keys.never_used.count', 2),
        gauge('api_keys.usage.buffer.size', 7),
      ]),
    );
    await create();
    expect(await measured()).toContainEqual(ofStatus('active', 2));
    expect(summarize).toHaveBeenCalledTimes(1);

    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + 5 * 60_000);
    expect(await measured()).toContainEqual(ofStatus('active', 3));
    expect(summarize).toHaveBeenCalledTimes(2);
  });
});

describe('metrics', () => {
  it('omit the number of keys while they cannot be counted', async () => {
    const summarize = jest.fn(async (): Promise<KeySummary> => {
      throw new Error('gone');
    });
    const keys: Pick<KeyStore, 'summarize'> = { summarize };
    const logger = mockServices.logger.mock();
    const counts = new KeyCounts({ keys, logger });
    const { metrics, measured } = meter();
    metrics.watchKeys(() => counts.get());

    for (let i = 0; i < 2; i++) {
      expect(JSON.stringify(await measured())).not.toMatch('api_keys.keys');
    }
    expect(summarize).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('count warnings by kind, and notifications that could not be sent', async () => {
    const { metrics, measured } = meter();
    metrics.warned(3, 'expiry');
    metrics.noticeLost();
    const notifier = new Notifier({
      notifications: {
        send: async () => {
          throw new Error('gone');
        },
      },
      onFailed: () => metrics.noticeFailed(),
    });
    const texts = { title: 't', description: 'd', link: '/', topic: 't' };
    const notice = { ...texts, severity: 'low' } as const;
    await expect(notifier.send([ADA], notice)).rejects.toThrow('gone');

    expect((await measured()).filter(({ value }) => value > 0)).toEqual([
      {
        name: 'api_keys.warnings.sent.count',
        labels: { kind: 'expiry' },
        value: 3,
      },
      { name: 'api_keys.notices.failures.count', labels: {}, value: 1 },
      { name: 'api_keys.notices.lost.count', labels: {}, value: 1 },
    ]);
  });
});
