import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { EventParams } from '@backstage/plugin-events-node';
import { aKey } from '../__testUtils__/keys';
import { DatabaseApiKeyStore } from '../database/DatabaseApiKeyStore';
import { KeyEventPublisher } from './KeyEventPublisher';

const ADA = 'user:default/ada';

const anEvent = (id: number) => ({
  id,
  at: Date.UTC(2030, 0, 1),
  category: 'AUDIT' as const,
  type: 'created' as const,
  keyId: 'key',
  owner: ADA,
  actor: ADA,
  details: { name: 'ci', expiresAt: null },
});

describe('KeyEventPublisher', () => {
  let logger: ReturnType<typeof mockServices.logger.mock>;
  let publish: jest.Mock<Promise<void>, [EventParams]>;
  let publisher: KeyEventPublisher;

  beforeEach(() => {
    logger = mockServices.logger.mock();
    publish = jest.fn(async (_: EventParams) => {});
    publisher = new KeyEventPublisher({ events: { publish }, logger });
  });

  afterEach(() => jest.useRealTimers());

  const published = () =>
    publish.mock.calls.map(([{ eventPayload }]) => eventPayload as any);
  const settled = async () => {
    for (let i = 0; i < 5; i += 1) await new Promise(r => setImmediate(r));
  };

  it('tells what the trail has, after whoever made the change has gone on', async () => {
    expect(publisher.eventsAdded([anEvent(7)])).toBeUndefined();
    expect(publish).not.toHaveBeenCalled();
    await settled();
    expect(publish.mock.calls).toEqual([
      [
        {
          topic: 'api-keys',
          eventPayload: {
            version: 1,
            id: '7',
            at: '2030-01-01T00:00:00.000Z',
            category: 'AUDIT',
            type: 'created',
            keyId: 'key',
            owner: ADA,
            actor: ADA,
            details: { name: 'ci', expiresAt: null },
          },
        },
      ],
    ]);
  });

  it('leaves out an actor that there is none of', async () => {
    publisher.eventsAdded([{ ...anEvent(1), actor: undefined }]);
    await settled();
    expect(published()[0]).not.toHaveProperty('actor');
  });

  it('keeps the order, one at a time', async () => {
    let finish = () => {};
    publish.mockImplementationOnce(
      () => new Promise<void>(resolve => (finish = resolve)),
    );
    publisher.eventsAdded([anEvent(1), anEvent(2)]);
    await settled();
    publisher.eventsAdded([anEvent(3)]);
    await settled();
    expect(published().map(({ id }) => id)).toEqual(['1']);
    finish();
    await settled();
    expect(published().map(({ id }) => id)).toEqual(['1', '2', '3']);
  });

  it('gives subscribers details of their own', async () => {
    const event = anEvent(1);
    publish.mockImplementationOnce(async ({ eventPayload }) => {
      (eventPayload as any).details.name = 'mine';
    });
    publisher.eventsAdded([event]);
    await settled();
    expect(published()[0].details.name).toBe('mine');
    expect(event.details.name).toBe('ci');
  });

  it('warns once of what does not work, and goes on', async () => {
    publish.mockRejectedValueOnce(new Error('no bus'));
    publish.mockImplementationOnce(() => {
      throw new Error('no bus at all');
    });
    publisher.eventsAdded([anEvent(1), anEvent(2), anEvent(3)]);
    await settled();
    expect(published()).toHaveLength(3);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    publish.mockRejectedValueOnce(new Error('no bus again'));
    publisher.eventsAdded([anEvent(4)]);
    await settled();
    expect(logger.warn).toHaveBeenCalledTimes(2);
  });

  it('does not wait for a subscriber that hangs', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    publish.mockImplementationOnce(() => new Promise(() => {}));
    publisher.eventsAdded([anEvent(1), anEvent(2)]);
    await settled();
    expect(published()).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(published()).toHaveLength(2);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('holds a bounded number of events', async () => {
    let finish = () => {};
    publish.mockImplementationOnce(
      () => new Promise<void>(resolve => (finish = resolve)),
    );
    publisher.eventsAdded([anEvent(0)]);
    await settled();
    publisher.eventsAdded(
      Array.from({ length: 10_005 }, (_, i) => anEvent(i + 1)),
    );
    expect(logger.warn).toHaveBeenCalledTimes(1);
    finish();
    await settled();
    expect(published()).toHaveLength(10_001);
  });

  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'tells nothing of what was rolled back, and all of what was committed, on %s',
    async databaseId => {
      const knex = await databases.init(databaseId);
      const database = mockServices.database({ knex });
      const store = await DatabaseApiKeyStore.create({ database });
      store.subscribe(publisher);
      const key = aKey();
      const failing = store.withKeysOf(ADA, async keys => {
        await keys.insert(key, 'digest');
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      await settled();
      expect(published()).toEqual([]);
      await store.withKeysOf(ADA, async keys => {
        await keys.insert(key, 'digest');
        await settled();
        expect(published()).toEqual([]);
      });
      await settled();
      expect(published()).toMatchObject([{ type: 'created', keyId: key.id }]);
    },
  );
});
