import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { aKey } from '../__testUtils__/keys';
import { catalogOf, offboardingOn } from '../__testUtils__/offboardingOn';
import { DatabaseApiKeyStore } from '../database/DatabaseApiKeyStore';
import { KeyEvent } from '../lifecycle/KeyEvent';
import { DAY } from '../lifecycle/time';
import { KeyNotices } from './KeyNotices';
import { NoticeQueue } from './NoticeQueue';
import { Notice } from './Notifier';

const ADA = 'user:default/ada';
const GRACE = 'user:default/grace';
const ADMINS = ['group:default/admins'];
const AT = Date.UTC(2026, 10, 24, 14);
const SECOND = 1000;
const HOUR = 3600 * SECOND;

let ids = 0;

/** That Grace has revoked a key of Ada's. */
function anEvent(fields: Partial<KeyEvent> = {}): KeyEvent {
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
  };
}

describe('KeyNotices', () => {
  let logger: ReturnType<typeof mockServices.logger.mock>;
  let send: jest.Mock<Promise<void>, [readonly string[], Notice]>;
  let findByIds: jest.Mock;
  let flushKeys: jest.Mock;

  const noticesTo = (admins: readonly string[], onCreation = true) =>
    new KeyNotices({
      keys: { findByIds },
      recorder: { flushKeys },
      notifier: { send },
      logger,
      admins,
      onCreation,
    });
  const sent = () =>
    send.mock.calls.map(([to, { title }]) => `${to}: ${title}`);
  const pass = (milliseconds: number) =>
    jest.advanceTimersByTimeAsync(milliseconds);

  beforeEach(() => {
    jest.useFakeTimers({ now: AT });
    logger = mockServices.logger.mock();
    send = jest.fn(async (_to: readonly string[], _notice: Notice) => {});
    flushKeys = jest.fn(async () => {});
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
    expect(send).toHaveBeenCalledTimes(4);
    expect(sent()[0]).toBe(`${ADA}: 500 of your API keys were revoked`);
    expect(send.mock.calls[0][1].description).toBe(
      '“the key-0”, “the key-1”, “the key-2”, “the key-3”, “the key-4” and 495 more. user:default/grace revoked them on 24 Nov 2026 14:00 UTC. Make new ones if they are still needed.',
    );
    expect(findByIds.mock.calls[0][0]).toHaveLength(5);
    await pass(HOUR);
    expect(send).toHaveBeenCalledTimes(4);
  });

  it('does not put off forever what goes on', async () => {
    const notices = noticesTo(ADMINS);
    for (let i = 0; i < 130; i += 1) {
      notices.eventsAdded([anEvent()]);
      await pass(SECOND / 2);
    }
    expect(sent()).toEqual([`${ADA}: 120 of your API keys were revoked`]);
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
    expect(sent()).toEqual([`${ADA}: 12000 of your API keys were revoked`]);
    await pass(SECOND);
    expect(sent()).toHaveLength(2);
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
