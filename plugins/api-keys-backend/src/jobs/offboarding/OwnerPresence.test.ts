import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { randomUUID } from 'node:crypto';
import { aKey } from '../../__testUtils__/keys';
import { catalogOf, offboardingOn } from '../../__testUtils__/offboardingOn';
import { openStores, Stores } from '../../database/stores';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const ADA = 'user:default/ada';
const GRACE = 'user:default/grace';
const LINUS = 'user:default/linus';
const NOBODY_WITH_KEYS = 'user:default/noor';
const TEAM = 'group:default/team-a';
const OTHER_TEAM = 'group:default/team-b';
const EVERYBODY = [ADA, GRACE, LINUS, TEAM, OTHER_TEAM];

describe.each(databases.eachSupportedId())('OwnerPresence on %s', id => {
  let stores: Stores;
  let warnings: string[];

  const makeKey = (owner: string) =>
    stores.keys.withOwnerLock(owner, keys =>
      keys.insert(aKey({ name: owner, owner }), randomUUID()),
    );

  beforeEach(async () => {
    const knex = await databases.init(id);
    stores = await openStores({
      database: mockServices.database({ knex }),
    });
    for (const owner of EVERYBODY) await makeKey(owner);
    warnings = [];
  });

  async function lookInto(
    catalog: ReturnType<typeof catalogServiceMock>,
    options?: Parameters<typeof offboardingOn>[2],
  ): Promise<string[]> {
    const { presence, logger } = offboardingOn(stores, catalog, options);
    const believed = await presence.check();
    warnings.push(...logger.warn.mock.calls.map(([message]) => message));
    return believed;
  }
  const ownersOf = async (filter: { ownerMissing: boolean }) => {
    const { items } = await stores.keys.list(
      { owners: 'everybody' },
      filter,
      { order: 'owner:asc', limit: 10 },
      Date.now(),
    );
    return items.map(({ owner }) => owner);
  };
  const without = (...gone: string[]) =>
    catalogOf(EVERYBODY.filter(ref => !gone.includes(ref)));

  it('finds the keys of owners who have left the catalog', async () => {
    expect(await lookInto(without(LINUS))).toEqual(['user', 'group']);
    expect(await ownersOf({ ownerMissing: true })).toEqual([LINUS]);
    expect(await ownersOf({ ownerMissing: false })).toEqual([
      TEAM,
      OTHER_TEAM,
      ADA,
      GRACE,
    ]);
    expect(warnings).toEqual([]);
  });

  it('counts users that the installation knows without an entity as present, but no groups', async () => {
    await lookInto(without(LINUS, TEAM), { knownUsers: [LINUS, TEAM] });
    expect(await ownersOf({ ownerMissing: true })).toEqual([TEAM]);
  });

  it('marks no owner as missing if the installation cannot answer', async () => {
    const failing = new Error('LDAP is away');
    await expect(
      lookInto(without(LINUS), { knownUsers: failing }),
    ).rejects.toThrow(failing);
    expect(await ownersOf({ ownerMissing: true })).toEqual([]);
  });

  it('notices their return', async () => {
    await lookInto(without(LINUS, TEAM));
    expect(await ownersOf({ ownerMissing: true })).toEqual([TEAM, LINUS]);
    await lookInto(without(TEAM));
    expect(await ownersOf({ ownerMissing: true })).toEqual([TEAM]);
  });

  it('notices the return of an owner who has no working keys left', async () => {
    await lookInto(without(LINUS));
    await stores.keys.withOwnerLock(LINUS, async keys => {
      const [key] = await keys.findUnrevoked();
      const revoke = {
        type: 'revoke',
        keyId: key.id,
        reason: 'admin',
      } as const;
      await keys.apply([revoke], Date.now());
    });
    await lookInto(without());
    await makeKey(LINUS);
    expect(await ownersOf({ ownerMissing: true })).toEqual([]);
  });

  it.each<[string, string[], string[]]>([
    ['is empty', [], []],
    ['has no users any more', [TEAM, OTHER_TEAM], ['group']],
    ['has lost two of three users at once', [ADA, TEAM, OTHER_TEAM], ['group']],
    [
      'has lost all owners of keys and kept another user',
      [NOBODY_WITH_KEYS, TEAM, OTHER_TEAM],
      ['group'],
    ],
    ['has no groups any more', [ADA, GRACE, LINUS], ['user']],
  ])(
    'marks no owner as missing because the catalog %s',
    async (_, rest, believed) => {
      expect(await lookInto(catalogOf(rest))).toEqual(believed);
      expect(await ownersOf({ ownerMissing: true })).toEqual([]);
      expect(warnings).toHaveLength(2 - believed.length);
      expect(warnings[0]).toMatch(
        /not believed.*(would be missing).*revoke their API keys or transfer them/,
      );
    },
  );

  it('checks users and groups separately', async () => {
    await lookInto(catalogOf([ADA, TEAM]));
    expect(await ownersOf({ ownerMissing: true })).toEqual([OTHER_TEAM]);
  });

  it('marks no owner as missing while the catalog is down', async () => {
    const catalog = catalogServiceMock.mock({
      getEntitiesByRefs: async () => {
        throw new Error('away');
      },
    });
    await expect(lookInto(catalog as never)).rejects.toThrow('away');
    expect(await ownersOf({ ownerMissing: true })).toEqual([]);
  });

  it('accepts that owners without working keys have left, and marks none as missing', async () => {
    for (const owner of [GRACE, LINUS]) {
      await stores.keys.withOwnerLock(owner, async keys => {
        const [{ id: keyId }] = await keys.findUnrevoked();
        const revoke = { type: 'revoke', keyId, reason: 'admin' } as const;
        await keys.apply([revoke], Date.now());
      });
    }
    expect(await lookInto(without(GRACE, LINUS))).toEqual(['user', 'group']);
    expect(await ownersOf({ ownerMissing: true })).toEqual([]);
  });

  it('checks every owner, however many there are', async () => {
    const many = Array.from({ length: 1100 }, (_, i) => `user:default/u${i}`);
    for (const owner of many) await makeKey(owner);
    const gone = 'user:default/u999';
    const rest = many.filter(ref => ref !== gone);
    await lookInto(catalogOf([...EVERYBODY, ...rest]));
    expect(await ownersOf({ ownerMissing: true })).toEqual([gone]);
  });
});
