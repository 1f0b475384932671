import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { aKey } from '../__testUtils__/keys';
import { catalogOf, offboardingOn } from '../__testUtils__/offboardingOn';
import { DatabaseApiKeyStore } from '../database/DatabaseApiKeyStore';
import { KeyEvent, StoredKeyEvent } from '../lifecycle/KeyEvent';
import { DAY } from '../lifecycle/time';
import { KeyNotices } from './KeyNotices';
import { NoticeQueue } from './NoticeQueue';
import { Notice } from './Notifier';

const ADA = 'user:default/ada';
const GRACE = 'user:default/grace';
const PORTAL = 'https://portal.example.com';
const ADMINS = ['group:default/admins'];
const AT = Date.UTC(2026, 10, 24, 14);
const SECOND = 1000;
const HOUR = 3600 * SECOND;

let ids = 0;

/** That Grace has revoked a key of Ada's. */
function anEvent(fields: Partial<StoredKeyEvent> = {}): KeyEvent {
  ids += 1;
  return {
    id: ids,
    at: AT,
    category: 'AUDIT',
    type: 'revoked',
    keyId: `key-${ids}`,
    owner: ADA,
    actor: GRACE,
    details: { reason: 'admin' },
    ...fields,
  } as KeyEvent;
}

describe('KeyNotices', () => {
  let logger: ReturnType<typeof mockServices.logger.mock>;
  let send: jest.Mock<Promise<void>, [readonly string[], Notice]>;
  let findByIds: jest.Mock;
  let flushKeys: jest.Mock;
  let onLost: jest.Mock;

  const noticesTo = (admins: readonly string[], onCreation = true) =>
    new KeyNotices({
      keys: { findByIds },
      recorder: { flushKeys },
      notifier: { send },
      logger,
      admins,
      onCreation,
      portalUrl: PORTAL,
      onLost,
    });
  const sent = () =>
    send.mock.calls.map(([to, { title }]) => `${to}: ${title}`);
  /** How many keys have a line. */
  const named = () =>
    send.mock.calls
      .flatMap(([, { description }]) => description.split('\n'))
      .filter(line => line.startsWith('•')).length;
  const pass = (milliseconds: number) =>
    jest.advanceTimersByTimeAsync(milliseconds);

  beforeEach(() => {
    jest.useFakeTimers({ now: AT });
    logger = mockServices.logger.mock();
    send = jest.fn(async (_to: readonly string[], _notice: Notice) => {});
    flushKeys = jest.fn(async () => {});
    onLost = jest.fn();
    findByIds = jest.fn(async (keyIds: string[]) =>
      keyIds.map(id => aKey({ id, name: `the ${id}` })),
    );
  });

  afterEach(() => jest.useRealTimers());

  it('tells as one what happens to the keys of one owner within moments', async () => {
    const notices = noticesTo(ADMINS);
    for (let i = 0; i < 500; i += 1) {
      notices.eventsAdded([anEvent({ keyId: `key-${i}` })]);
      await pass(5);
    }
    notices.eventsAdded([anEvent({ owner: GRACE, actor: ADA })]);
    notices.eventsAdded([anEvent({ details: { reason: 'leaked' } })]);
    notices.eventsAdded([anEvent({ actor: 'user:default/linus' })]);
    expect(send).not.toHaveBeenCalled();
    await pass(SECOND);
    expect(sent().slice(-3)).toEqual([
      `${GRACE}: API key “the key-501” was revoked`,
      `${ADA}: API key “the key-502” has leaked and was revoked`,
      `${ADA}: API key “the key-503” was revoked`,
    ]);
    const parts = send.mock.calls.slice(0, -3).map(([, notice]) => notice);
    const [first] = parts;
    expect(first.title).toBe(
      `500 of your API keys were revoked (1 of ${parts.length})`,
    );
    expect(first.description.split('\n').slice(0, 3)).toEqual([
      'user:default/grace revoked them on 24 Nov 2026 14:00 UTC. Make new ones if they are still needed.',
      `• “the key-0”, never used: ${PORTAL}/api-keys?from=key-0`,
      `• “the key-1”, never used: ${PORTAL}/api-keys?from=key-1`,
    ]);
    const text = parts.map(({ description }) => description).join('\n');
    for (let i = 0; i < 400; i += 1) expect(text).toContain(`“the key-${i}”`);
    expect(text).toContain(`and 100 more: ${PORTAL}/api-keys`);
    const calls = send.mock.calls.length;
    await pass(HOUR);
    expect(send).toHaveBeenCalledTimes(calls);
  });

  it('does not put off forever what goes on', async () => {
    const notices = noticesTo(ADMINS);
    for (let i = 0; i < 130; i += 1) {
      notices.eventsAdded([anEvent()]);
      await pass(SECOND / 2);
    }
    expect(named()).toBe(120);
    expect(sent()[0]).toContain('120 of your API keys were revoked (1 of ');
  });

  it('counts a key once, and tells the latest of it', async () => {
    const cut = (at: number) =>
      anEvent({
        type: 'policy-applied',
        keyId: 'key',
        actor: undefined,
        details: {
          expiresAt: new Date(at).toISOString(),
          previousExpiresAt: null,
        },
      });
    const notices = noticesTo(ADMINS);
    notices.eventsAdded([cut(AT + 9 * DAY), cut(AT + 3 * DAY)]);
    await pass(SECOND);
    expect(sent()).toEqual([`${ADA}: API key “the key” ends sooner`]);
    expect(send.mock.calls[0][1].description).toContain(
      'it now expires on 27 Nov 2026 14:00 UTC.',
    );
  });

  it('holds a bounded number of events, and counts the rest', async () => {
    const notices = noticesTo(ADMINS);
    const many = Array.from({ length: 12_000 }, () => anEvent());
    notices.eventsAdded(many);
    // Room is made by telling the eldest first.
    notices.eventsAdded([anEvent({ owner: GRACE, actor: ADA })]);
    await pass(0);
    expect(sent()[0]).toContain('12000 of your API keys were revoked (1 of ');
    const parts = sent().length;
    expect(parts).toBeLessThanOrEqual(25);
    await pass(SECOND);
    expect(sent()).toHaveLength(parts + 1);
  });

  it('has room again for what it has not told yet', async () => {
    const notices = noticesTo(ADMINS);
    const again = Array.from({ length: 12_000 }, () =>
      anEvent({ keyId: 'key' }),
    );
    notices.eventsAdded(again);
    await pass(SECOND);
    notices.eventsAdded([anEvent(), anEvent()]);
    await pass(SECOND);
    expect(sent()).toEqual([
      `${ADA}: API key “the key” was revoked`,
      `${ADA}: 2 of your API keys were revoked`,
    ]);
    expect(send.mock.calls[1][1].description).not.toContain('more');
  });

  it('writes the last uses of this process before it reads the keys', async () => {
    flushKeys.mockImplementation(async () => {
      expect(findByIds).not.toHaveBeenCalled();
    });
    noticesTo(ADMINS).eventsAdded([anEvent({ keyId: 'key' })]);
    await pass(SECOND);
    expect(flushKeys.mock.calls).toEqual([[['key']]]);
    expect(findByIds).toHaveBeenCalledTimes(1);
  });

  it('holds as much of many keys in the queue as of one key each', async () => {
    send.mockImplementation(() => new Promise(() => {}));
    const queue = new NoticeQueue<{ keys: number }>({
      send: () => send(ADMINS, {} as Notice),
      sizeOf: ({ keys }) => keys,
      logger,
    });
    for (let i = 0; i < 13; i += 1) queue.add({ keys: 400 });
    expect(logger.warn).not.toHaveBeenCalled();
    for (let i = 0; i < 2; i += 1) queue.add({ keys: 400 });
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('drops what is too much to wait, and warns once', async () => {
    send.mockImplementation(() => new Promise(() => {}));
    const queue = new NoticeQueue({
      send: () => send(ADMINS, {} as Notice),
      logger,
    });
    for (let i = 0; i < 6_000; i += 1) queue.add(i);
    await pass(HOUR);
    // One at a time: what hangs does not pile up.
    expect(send).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn.mock.calls[0][0]).toContain('too many');
  });

  it('tells nothing of new keys where that is switched off', async () => {
    const notices = noticesTo(ADMINS, false);
    notices.eventsAdded([anEvent({ type: 'created', details: {} })]);
    await pass(SECOND);
    expect(send).not.toHaveBeenCalled();
  });

  it('tells the admins of keys without an owner, and nobody where there are none', async () => {
    const offboarded = () =>
      anEvent({ actor: undefined, details: { reason: 'offboarded' } });
    noticesTo([]).eventsAdded([offboarded()]);
    await pass(SECOND);
    expect(send).not.toHaveBeenCalled();
    noticesTo(ADMINS).eventsAdded([
      offboarded(),
      { ...offboarded(), owner: GRACE },
    ]);
    await pass(SECOND);
    expect(sent()).toEqual([
      `${ADMINS}: 2 API keys were revoked, whose owners have left`,
    ]);
  });

  it('tells the admins of keys whose owner somebody else replaced, and not who that is', async () => {
    const details = { reason: 'offboarded', cause: 'owner-replaced' };
    noticesTo(ADMINS).eventsAdded([
      anEvent({ actor: undefined, details }),
      anEvent({ actor: undefined, details, keyId: 'other' }),
    ]);
    await pass(SECOND);
    expect(sent()).toEqual([
      `${ADMINS}: 2 API keys were revoked, whose owners were replaced`,
    ]);
  });

  describe('when sending fails', () => {
    it('tries again with pauses that grow, and loses nothing by it', async () => {
      const notices = noticesTo(ADMINS);
      send.mockRejectedValueOnce(new Error('no mail'));
      findByIds.mockRejectedValueOnce(new Error('no database'));
      notices.eventsAdded([anEvent()]);
      await pass(SECOND);
      expect(send).toHaveBeenCalledTimes(0);
      await pass(2 * SECOND);
      expect(send).toHaveBeenCalledTimes(1);
      await pass(7 * SECOND);
      expect(send).toHaveBeenCalledTimes(1);
      await pass(SECOND);
      expect(send).toHaveBeenCalledTimes(2);
      const [first, second] = send.mock.calls.map(([, { scope }]) => scope);
      expect(second).toBe(first);
      expect(logger.warn).not.toHaveBeenCalled();
      expect(onLost).not.toHaveBeenCalled();
    });

    it('sends the rest of many keys again, and nothing twice', async () => {
      const notices = noticesTo(ADMINS);
      send.mockResolvedValueOnce().mockRejectedValueOnce(new Error('no mail'));
      notices.eventsAdded(Array.from({ length: 60 }, () => anEvent()));
      await pass(HOUR);
      const failed = send.mock.calls.splice(1, 1);
      expect(failed).toHaveLength(1);
      expect(named()).toBe(60);
      const text = send.mock.calls.map(([, one]) => one.description).join();
      const names = text.match(/“[^”]+”/g)!;
      expect(new Set(names).size).toBe(60);
      expect(names).toHaveLength(60);
    });

    it('gives up after a while, warns once until it works again, and goes on', async () => {
      const notices = noticesTo(ADMINS);
      send.mockRejectedValue(new Error('Request failed with status 404'));
      for (let i = 0; i < 3; i += 1) {
        notices.eventsAdded([anEvent()]);
        await pass(HOUR);
      }
      expect(send).toHaveBeenCalledTimes(5 + 1 + 1);
      expect(logger.warn).toHaveBeenCalledTimes(1);
      expect(logger.warn.mock.calls[0][0]).toContain('status 404');
      expect(onLost).toHaveBeenCalledTimes(3);

      send.mockResolvedValue();
      notices.eventsAdded([anEvent()]);
      await pass(HOUR);
      expect(send).toHaveBeenCalledTimes(8);
      expect(logger.info.mock.calls[0][0]).toContain('3 notices');

      send.mockRejectedValue(new Error('away again'));
      notices.eventsAdded([anEvent()]);
      await pass(HOUR);
      expect(logger.warn).toHaveBeenCalledTimes(2);
    });

    it('sends to the others what one owner cannot be sent', async () => {
      const notices = noticesTo(ADMINS);
      send.mockImplementation(async ([to]) => {
        if (to === ADA) throw new Error('no such recipient');
      });
      notices.eventsAdded([anEvent(), anEvent({ owner: GRACE, actor: ADA })]);
      await pass(HOUR);
      expect(sent().filter(one => one.startsWith(GRACE))).toHaveLength(1);
      expect(sent().filter(one => one.startsWith(ADA))).toHaveLength(5);
    });
  });

  describe('when the portal stops', () => {
    it('sends at once what is being collected', async () => {
      const notices = noticesTo(ADMINS);
      notices.eventsAdded([anEvent(), anEvent()]);
      await notices.stop();
      expect(sent()).toEqual([`${ADA}: 2 of your API keys were revoked`]);
    });

    it('tries what failed once more, and does not wait for its pause', async () => {
      const notices = noticesTo(ADMINS);
      send.mockRejectedValue(new Error('no mail'));
      notices.eventsAdded([anEvent()]);
      await pass(SECOND);
      await notices.stop();
      expect(send).toHaveBeenCalledTimes(2);
      expect(logger.warn).toHaveBeenCalledTimes(1);
    });

    it('does not wait for what hangs', async () => {
      const notices = noticesTo(ADMINS);
      send.mockImplementation(() => new Promise(() => {}));
      notices.eventsAdded([anEvent(), anEvent({ owner: GRACE, actor: ADA })]);
      const stopped = notices.stop();
      await pass(5 * SECOND);
      await stopped;
      expect(send).toHaveBeenCalledTimes(1);
      expect(logger.warn).toHaveBeenCalledTimes(1);
    });
  });
});

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

it.each(databases.eachSupportedId())(
  'admins are told whose keys were revoked for having left the catalog, on %s',
  async databaseId => {
    const knex = await databases.init(databaseId);
    const database = mockServices.database({ knex });
    const store = await DatabaseApiKeyStore.create({ database });
    const send = jest.fn(async (_to: readonly string[], _notice: Notice) => {});
    const logger = mockServices.logger.mock();
    const notices = new KeyNotices({
      keys: store,
      recorder: { flushKeys: async () => {} },
      notifier: { send },
      logger,
      admins: ADMINS,
      onCreation: false,
      portalUrl: PORTAL,
    });
    store.subscribe(notices);
    const key = aKey({ name: 'left', lastUsedAt: Date.now() - 5 * HOUR });
    await store.withKeysOf(ADA, keys => keys.insert(key, 'digest'));

    const { run } = offboardingOn(store, catalogOf([GRACE]), {
      revokeAfter: 0,
    });
    await run();
    await notices.stop();
    expect(send.mock.calls).toEqual([
      [
        ADMINS,
        expect.objectContaining({
          title: `API key “left” of ${ADA} was revoked`,
          description: `The catalog does not know ${ADA} any more. It was last used 5 hours ago. If something still needs it, make a key of a group for that.`,
          link: '/api-keys/admin?owner=user%3Adefault%2Fada',
          topic: 'api-key-offboarded',
        }),
      ],
    ]);
  },
);
