import { TestDatabases } from '@backstage/backend-test-utils';
import { randomUUID } from 'node:crypto';
import { aKey } from '../../__testUtils__/keys';
import { catalogOf, offboardingOn } from '../../__testUtils__/offboardingOn';
import { Replicas, startReplicas } from '../../__testUtils__/replicas';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const ADA = 'user:default/ada';
const LINUS = 'user:default/linus';
const TEAM = 'group:default/team-a';
const OTHER_TEAM = 'group:default/team-b';
const EVERYBODY = [ADA, LINUS, TEAM, OTHER_TEAM];
const START = Date.UTC(2030, 0, 1);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The longest interval that still counts as continuous. */
const LOOK_EVERY = 15 * MINUTE;

describe.each(databases.eachSupportedId())('Offboarding on %s', databaseId => {
  let replicas: Replicas;
  let now: number;

  const makeKeys = (owner: string, count: number) =>
    replicas.stores[0].keys.withOwnerLock(owner, async keys => {
      for (let i = 0; i < count; i++) {
        await keys.insert(aKey({ owner, subject: owner }), randomUUID());
      }
    });
  const onReplica = (refs: readonly string[], replica = 0) =>
    offboardingOn(replicas.stores[replica], catalogOf(refs));
  const lookInto = (refs: readonly string[]) => onReplica(refs).run();

  beforeAll(async () => {
    replicas = await startReplicas(databases, databaseId);
  });

  beforeEach(async () => {
    for (const table of [
      'api_keys',
      'api_key_events',
      'api_key_owners',
      'api_key_catalog_looks',
    ]) {
      await replicas.knex(table).delete();
    }
    now = START;
    // Keeps timers real, since database drivers need them.
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    for (const owner of EVERYBODY) await makeKeys(owner, 1);
    await lookInto(EVERYBODY);
  });

  afterEach(() => jest.restoreAllMocks());
  afterAll(() => replicas.stop());

  const without = (...gone: string[]) =>
    EVERYBODY.filter(ref => !gone.includes(ref));

  /** Runs the check every few minutes, as the scheduler does. */
  async function pass(milliseconds: number, refs: readonly string[]) {
    const end = now + milliseconds;
    while (now + LOOK_EVERY <= end) {
      now += LOOK_EVERY;
      await lookInto(refs);
    }
    now = end;
  }
  const revoked = async () => {
    const rows = await replicas
      .knex('api_keys')
      .whereNotNull('revoked_at')
      .orderBy('owner');
    return rows.map(row => [row.owner, row.revoked_reason, row.revoked_by]);
  };

  it.each([LINUS, TEAM])(
    'revokes the keys of %s a day after they left, and not before',
    async gone => {
      await pass(24 * HOUR, without(gone));
      expect(await revoked()).toEqual([]);
      await pass(LOOK_EVERY, without(gone));
      expect(await revoked()).toEqual([[gone, 'offboarded', null]]);
      const events = await replicas.knex('api_key_events').whereNot({
        type: 'created',
      });
      expect(events).toEqual([
        expect.objectContaining({
          type: 'revoked',
          category: 'AUDIT',
          owner: gone,
          actor: null,
          details: '{"reason":"offboarded"}',
        }),
      ]);
    },
  );

  it('writes to the audit log and to the log', async () => {
    await pass(24 * HOUR, without(LINUS));
    now += LOOK_EVERY;
    const { run, auditor, logger } = onReplica(without(LINUS));
    await run();
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'owner-offboard',
        severityLevel: 'high',
        meta: expect.objectContaining({ owner: LINUS, revokedKeys: 1 }),
      }),
    );
    expect(logger.info).toHaveBeenCalledWith(
      expect.stringContaining(`Revoked 1 API keys of ${LINUS}`),
    );
  });

  it('spares owners who return in time, and starts over when they leave again', async () => {
    await pass(23 * HOUR, without(LINUS));
    await pass(LOOK_EVERY, EVERYBODY);
    await pass(23 * HOUR, without(LINUS));
    expect(await revoked()).toEqual([]);
  });

  it('keeps keys revoked when the owner returns later', async () => {
    await pass(25 * HOUR, without(LINUS));
    await pass(HOUR, EVERYBODY);
    expect(await revoked()).toEqual([[LINUS, 'offboarded', null]]);
  });

  it('asks the catalog again before it revokes', async () => {
    await pass(24 * HOUR, without(LINUS));
    now += LOOK_EVERY;
    // All owners have returned since the check that missed them.
    await onReplica(EVERYBODY).offboarding.run(['user', 'group']);
    expect(await revoked()).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['is empty', []],
    ['has no users', [TEAM, OTHER_TEAM]],
  ])('revokes nothing while the catalog %s', async (_, refs) => {
    await pass(23 * HOUR, without(LINUS));
    await pass(48 * HOUR, refs);
    expect(await revoked()).toEqual([]);
  });

  it('counts only time in which the catalog was plausible', async () => {
    await pass(20 * HOUR, without(LINUS));
    await pass(48 * HOUR, []);
    await pass(3 * HOUR, without(LINUS));
    expect(await revoked()).toEqual([]);
    await pass(2 * HOUR, without(LINUS));
    expect(await revoked()).toEqual([[LINUS, 'offboarded', null]]);
  });

  it('counts no time in which no check ran', async () => {
    await pass(HOUR, without(LINUS));
    now += 48 * HOUR;
    await lookInto(without(LINUS));
    expect(await revoked()).toEqual([]);
  });

  it('continues where it stopped, and over several batches', async () => {
    await makeKeys(LINUS, 250);
    await pass(24 * HOUR, without(LINUS));
    now += LOOK_EVERY;
    const { keys } = replicas.stores[0];
    const change = keys.withOwnerLock.bind(keys);
    jest
      .spyOn(keys, 'withOwnerLock')
      .mockImplementationOnce(change)
      .mockRejectedValueOnce(new Error('database away'));
    await expect(lookInto(without(LINUS))).rejects.toThrow('database away');
    expect(await revoked()).toHaveLength(100);
    await lookInto(without(LINUS));
    expect(await revoked()).toHaveLength(251);
  });

  it('continues with the others after a failure, and still fails', async () => {
    await pass(24 * HOUR, without(LINUS, TEAM));
    now += LOOK_EVERY;
    jest
      .spyOn(replicas.stores[0].keys, 'withOwnerLock')
      .mockRejectedValueOnce(new Error('deadlock'));
    const run = lookInto(without(LINUS, TEAM));
    await expect(run).rejects.toThrow('deadlock');
    expect(await revoked()).toHaveLength(1);
    await lookInto(without(LINUS, TEAM));
    expect(await revoked()).toHaveLength(2);
  });

  it('reports each key once, with two replicas at work', async () => {
    await makeKeys(LINUS, 120);
    await pass(24 * HOUR, without(LINUS));
    now += LOOK_EVERY;
    await replicas.warmUp();
    await Promise.all([0, 1].map(i => onReplica(without(LINUS), i).run()));
    expect(await revoked()).toHaveLength(121);
    const events = await replicas.knex('api_key_events').where({
      type: 'revoked',
    });
    expect(new Set(events.map(({ key_id }) => key_id)).size).toBe(121);
    expect(events).toHaveLength(121);
  });
});
