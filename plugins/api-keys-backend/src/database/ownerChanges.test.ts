import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import { Replicas, startReplicas } from '../__testUtils__/replicas';
import { BY_OWNER, maker, serviceOn } from '../__testUtils__/serviceOn';
import { CachedKeys } from '../verification/CachedKeys';
import { ChangeCursor } from './ownerChanges';
import { Stores } from './stores';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const ADA = 'user:default/ada';
const LINUS = 'user:default/linus';

const onPostgres = databases.supports('POSTGRES_18') ? describe : describe.skip;

onPostgres('what other replicas changed', () => {
  let replicas: Replicas;
  let here: Stores;
  let there: Stores;
  let knex: Knex;
  let mark: ChangeCursor;

  beforeAll(async () => {
    replicas = await startReplicas(databases, 'POSTGRES_18');
    [here, there] = replicas.stores;
    knex = replicas.knex;
  });

  beforeEach(async () => {
    await knex('api_keys').delete();
    await knex('api_key_owners').delete();
    ({ mark } = await here.keys.changesSince());
  });

  afterAll(() => replicas.stop());

  /** Returns the changes since the previous look. */
  const look = async () => {
    const changes = await here.keys.changesSince(mark);
    mark = changes.mark;
    return changes.owners;
  };

  /**
   * Waits until a look returns no changes. Several looks may return the same change while an older transaction is open, which may
   * be in another database on the same server.
   */
  const settle = () =>
    eventually(async () => {
      expect(await look()).toEqual([]);
    });

  const service = () => serviceOn(there).service;
  const create = (owner = ADA) =>
    service().create(owner, { name: 'ci' }, maker(owner));

  it('may be everything for a first look', async () => {
    expect((await here.keys.changesSince()).owners).toBe('everybody');
  });

  it('is nothing where nothing changed', async () => {
    await create();
    await settle();
    expect(await look()).toEqual([]);
  });

  it.each<
    [string, (key: Awaited<ReturnType<typeof create>>) => Promise<unknown>]
  >([
    [
      'revoked',
      ({ key }) => service().revoke(key, { by: ADA, reason: 'owner' }),
    ],
    ['rotated', ({ key }) => service().rotate(key, BY_OWNER, maker(ADA))],
    ['renamed', ({ key }) => service().update(key, { name: 'x' }, ADA)],
    [
      'gone from the catalog with its owner',
      () =>
        there.owners.savePresence(
          { kind: 'user', returned: [], vanished: [ADA], believed: true },
          Date.now(),
        ),
    ],
    [
      'denied since its owner has to be confirmed',
      () =>
        there.keys.withOwnerLock(ADA, keys =>
          keys.changeIdentity({ type: 'unconfirmed' }, Date.now()),
        ),
    ],
    [
      'ended since its owner was replaced',
      () =>
        there.keys.withOwnerLock(ADA, keys =>
          keys.changeIdentity(
            { type: 'replaced', identity: { ids: { 'a/id': '2' } } },
            Date.now(),
          ),
        ),
    ],
  ])('is the owner of a key that was %s', async (_, change) => {
    const made = await create();
    await settle();
    await change(made);
    expect(await look()).toEqual([ADA]);
    await settle();
  });

  it('is both owners of a key that was transferred', async () => {
    const { key } = await create();
    await settle();
    await there.keys.withTransfer(
      { from: ADA, to: LINUS, keyIds: [key.id] },
      transfer => transfer.move([key.familyId], ADA, Date.now()),
    );
    expect([...(await look())].sort()).toEqual([ADA, LINUS]);
  });

  it('does not include the use of a key', async () => {
    const { key } = await create();
    await settle();
    await there.usage.applyUsage([
      { keyId: key.id, count: 1, lastUsedAt: Date.now(), daily: [] },
    ]);
    expect(await look()).toEqual([]);
  });

  it('includes a transaction that began before many looks, and commits after them', async () => {
    const { key } = await create();
    await settle();
    let finish = () => {};
    const open = there.keys.withOwnerLock(ADA, async keys => {
      await keys.apply(
        [{ type: 'revoke', keyId: key.id, reason: 'owner', by: ADA }],
        Date.now(),
      );
      await new Promise<void>(resolve => {
        finish = resolve;
      });
    });
    for (let i = 0; i < 5; i++) {
      await create(LINUS);
      expect(await look()).not.toContain(ADA);
    }
    finish();
    await open;
    expect(await look()).toContain(ADA);
  });

  it('is missed by no look, however changes, looks and requests interleave', async () => {
    const made = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const { key } = await create(`user:default/u${i % 20}`);
        return key;
      }),
    );
    const cache = new CachedKeys({ stores: here, maxStaleness: 60_000 });
    cache.refreshed(performance.now());
    await replicas.warmUp();
    const revoked = new Set<string>();
    let isOver = false;

    const revoking = inParallel(4, made, async key => {
      await service().revoke(key, { by: ADA, reason: 'owner' });
      revoked.add(key.id);
    }).finally(() => {
      isOver = true;
    });
    const requests = inParallel(2, [...made, ...made, ...made], async key => {
      if (!cache.peekById(key.id)) await cache.findById(key.id);
    });
    while (!isOver) {
      // All changes that were committed before the look are known after it.
      const known = [...revoked];
      cache.ownersChanged(await look());
      expect(known.filter(id => cache.peekById(id))).toEqual([]);
    }
    await Promise.all([revoking, requests]);
  });

  it('is everything once another server answers, or an older state of this one', async () => {
    await create();
    const { next } = (await here.keys.changesSince(mark)).mark;
    for (const other of [
      { server: 'another one', next: mark.next },
      // Beyond the numbers that other users of the server reach meanwhile.
      { server: mark.server, next: next + 1_000_000 },
    ]) {
      expect((await here.keys.changesSince(other)).owners).toBe('everybody');
    }
  });

  it('does not include rows of a restored dump with numbers from the future', async () => {
    await create();
    await knex('api_key_owners').update({ changed_in: '900000000000000' });
    expect(await look()).toEqual([]);
  });

  it('is read with an index', async () => {
    const plan = await knex.transaction(async tx => {
      await tx.raw('set local enable_seqscan = off');
      const explained = await tx.raw(
        'explain select owner from api_key_owners where changed_in >= 1 and changed_in < 9',
      );
      return JSON.stringify(explained.rows);
    });
    expect(plan).toMatch('api_key_owners_changed_in_idx');
  });
});

async function inParallel<T>(
  width: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
) {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.pop(); item; item = rest.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
