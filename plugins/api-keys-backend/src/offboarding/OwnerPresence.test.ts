import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Entity, parseEntityRef } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { randomUUID } from 'node:crypto';
import { aKey } from '../__testUtils__/keys';
import { DatabaseApiKeyStore } from '../database/DatabaseApiKeyStore';
import { OwnerPresence } from './OwnerPresence';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const ADA = 'user:default/ada';
const LINUS = 'user:default/linus';
const TEAM = 'group:default/team-a';

function entity(ref: string): Entity {
  const { kind, ...metadata } = parseEntityRef(ref);
  return { apiVersion: 'backstage.io/v1alpha1', kind, metadata };
}

describe.each(databases.eachSupportedId())('OwnerPresence on %s', id => {
  let store: DatabaseApiKeyStore;

  beforeEach(async () => {
    const knex = await databases.init(id);
    store = await DatabaseApiKeyStore.create({
      database: mockServices.database({ knex }),
    });
    for (const owner of [ADA, LINUS, TEAM]) {
      await store.withKeysOf(owner, keys =>
        keys.insert(aKey({ name: owner, owner }), randomUUID()),
      );
    }
  });

  const logger = mockServices.logger.mock();
  const lookInto = (catalog: ReturnType<typeof catalogServiceMock>) =>
    new OwnerPresence({
      store,
      catalog,
      auth: mockServices.auth(),
      logger,
    }).check();
  const catalogOf = (...refs: string[]) =>
    catalogServiceMock({ entities: refs.map(entity) });
  const ownersOf = async (filter: { ownerMissing: boolean }) => {
    const { items } = await store.list(
      { owners: 'everybody' },
      filter,
      { order: 'owner:asc', limit: 10 },
      Date.now(),
    );
    return items.map(({ owner }) => owner);
  };

  it('finds the keys of owners who have left the catalog', async () => {
    await lookInto(catalogOf(ADA, TEAM));
    expect(await ownersOf({ ownerMissing: true })).toEqual([LINUS]);
    expect(await ownersOf({ ownerMissing: false })).toEqual([TEAM, ADA]);
  });

  it('sees them come back', async () => {
    await lookInto(catalogOf(ADA));
    await lookInto(catalogOf(ADA, LINUS));
    expect(await ownersOf({ ownerMissing: true })).toEqual([TEAM]);
  });

  it('takes nobody for missing because the catalog is empty', async () => {
    await lookInto(catalogOf());
    expect(await ownersOf({ ownerMissing: true })).toEqual([]);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('knows none of the 3 owners'),
    );
  });

  it('takes nobody for missing because the catalog is away', async () => {
    const catalog = catalogServiceMock.mock({
      getEntitiesByRefs: async () => {
        throw new Error('away');
      },
    });
    await expect(lookInto(catalog as never)).rejects.toThrow('away');
    expect(await ownersOf({ ownerMissing: true })).toEqual([]);
  });

  it('looks at every owner, however many there are', async () => {
    const many = Array.from({ length: 1100 }, (_, i) => `user:default/u${i}`);
    for (const owner of many) {
      await store.withKeysOf(owner, async () => {});
    }
    const gone = 'user:default/u999';
    await store.withKeysOf(gone, keys =>
      keys.insert(aKey({ owner: gone }), randomUUID()),
    );
    const rest = many.filter(ref => ref !== gone);
    await lookInto(catalogOf(ADA, LINUS, TEAM, ...rest));
    expect(await ownersOf({ ownerMissing: true })).toEqual([gone]);
  });
});
