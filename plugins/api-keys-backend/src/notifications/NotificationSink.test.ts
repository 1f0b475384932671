import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { aKey } from '../__testUtils__/keys';
import { catalogOf, offboardingOn } from '../__testUtils__/offboardingOn';
import { openStores } from '../database/stores';
import { StoredKeyEvent } from '../lifecycle/KeyEvent';
import { DAY } from '../lifecycle/time';
import { EventDispatcher } from '../outbox/EventDispatcher';
import { eventually } from '../__testUtils__/eventually';
import { NotificationSink } from './NotificationSink';
import { NotificationPayload } from './Notifier';

const ADA = 'user:default/ada';
const GRACE = 'user:default/grace';
const PORTAL = 'https://portal.example.com';
const ADMINS = ['group:default/admins'];
const AT = Date.UTC(2026, 10, 24, 14);
const SECOND = 1000;
const HOUR = 3600 * SECOND;

let ids = 0;

/** Creates the event of Grace revoking a key of Ada's. */
function anEvent(fields: Partial<StoredKeyEvent> = {}): StoredKeyEvent {
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

describe('NotificationSink', () => {
  let send: jest.Mock<Promise<void>, [readonly string[], NotificationPayload]>;
  let findByIds: jest.Mock;
  let flushKeys: jest.Mock;
  let onLost: jest.Mock;
  let onWarned: jest.Mock;
  let pending: StoredKeyEvent[];
  let signal: AbortSignal;

  const sinkFor = (admins: readonly string[], onCreation = true) =>
    new NotificationSink({
      keys: { findByIds },
      recorder: { flushKeys },
      notifier: { send },
      admins,
      onCreation,
      portalUrl: PORTAL,
      onLost,
      onWarned,
    });
  const sent = () =>
    send.mock.calls.map(([to, { title }]) => `${to}: ${title}`);
  /** Counts keys with a line of their own. */
  const named = () =>
    send.mock.calls
      .flatMap(([, { description }]) => description.split('\n'))
      .filter(line => line.startsWith('•')).length;
  const done = async (events: readonly StoredKeyEvent[]) => {
    pending = pending.filter(event => !events.includes(event));
  };
  /** Delivers pending events, as the dispatcher does. */
  const deliver = (sink: NotificationSink) =>
    sink.deliver(
      pending.filter(event => sink.accepts(event)),
      { signal, done },
    );
  const after = (milliseconds: number) =>
    jest.setSystemTime(Date.now() + milliseconds);
  /** Delivers pending events, once no new one has arrived for a second. */
  const settle = async (sink: NotificationSink) => {
    await deliver(sink);
    after(SECOND);
    return deliver(sink);
  };

  beforeEach(() => {
    jest.useFakeTimers({ now: AT });
    send = jest.fn(
      async (_to: readonly string[], _payload: NotificationPayload) => {},
    );
    flushKeys = jest.fn(async () => {});
    onLost = jest.fn();
    onWarned = jest.fn();
    pending = [];
    signal = new AbortController().signal;
    findByIds = jest.fn(async (keyIds: string[]) =>
      keyIds.map(id => aKey({ id, name: `the ${id}` })),
    );
  });

  afterEach(() => jest.useRealTimers());

  it('sends one notification of what happens to the keys of one owner within moments', async () => {
    const sink = sinkFor(ADMINS);
    for (let i = 0; i < 500; i += 1) {
      pending.push(anEvent({ keyId: `key-${i}` }));
      after(5);
      expect(await deliver(sink)).toBe(Date.now() + SECOND);
    }
    expect(send).not.toHaveBeenCalled();
    pending.push(
      anEvent({ owner: GRACE, actor: ADA, keyId: 'key-501' }),
      anEvent({ details: { reason: 'leaked' }, keyId: 'key-502' }),
      anEvent({ actor: 'user:default/linus', keyId: 'key-503' }),
    );
    expect(await settle(sink)).toBeUndefined();
    expect(sent().slice(-3)).toEqual([
      `${GRACE}: API key “the key-501” was revoked`,
      `${ADA}: API key “the key-502” has leaked and was revoked`,
      `${ADA}: API key “the key-503” was revoked`,
    ]);
    const parts = send.mock.calls.slice(0, -3).map(([, payload]) => payload);
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
    expect(pending).toEqual([]);
  });

  it('sends ongoing events after a limited time', async () => {
    const sink = sinkFor(ADMINS);
    for (let i = 0; i <= 120; i += 1) {
      expect(sent()).toEqual([]);
      pending.push(anEvent());
      await deliver(sink);
      after(SECOND / 2);
    }
    expect(named()).toBe(121);
    expect(sent()[0]).toContain('121 of your API keys were revoked (1 of ');
  });

  it('counts a key once, and names its latest event', async () => {
    const shortened = (at: number) =>
      anEvent({
        type: 'policy-applied',
        keyId: 'key',
        actor: undefined,
        details: {
          expiresAt: new Date(at).toISOString(),
          previousExpiresAt: null,
        },
      });
    pending.push(shortened(AT + 9 * DAY), shortened(AT + 3 * DAY));
    await settle(sinkFor(ADMINS));
    expect(sent()).toEqual([`${ADA}: API key “the key” ends sooner`]);
    expect(send.mock.calls[0][1].description).toContain(
      'it now expires on 27 Nov 2026 14:00 UTC.',
    );
    expect(pending).toEqual([]);
  });

  it('sends a limited number of notifications of very many keys, and counts the rest', async () => {
    pending.push(...Array.from({ length: 10_000 }, () => anEvent()));
    await settle(sinkFor(ADMINS));
    expect(sent()[0]).toContain('10000 of your API keys were revoked (1 of ');
    expect(sent().length).toBeLessThanOrEqual(25);
    expect(named()).toBe(400);
    expect(pending).toEqual([]);
  });

  it('writes the last uses of this process before it reads the keys', async () => {
    flushKeys.mockImplementation(async () => {
      expect(findByIds).not.toHaveBeenCalled();
    });
    pending.push(anEvent({ keyId: 'key' }));
    await settle(sinkFor(ADMINS));
    expect(flushKeys.mock.calls).toEqual([[['key']]]);
    expect(findByIds).toHaveBeenCalledTimes(1);
  });

  it('sends nothing about new keys if that is switched off', () => {
    const creation = anEvent({ type: 'created', details: {} });
    expect(sinkFor(ADMINS, false).accepts(creation)).toBe(false);
    expect(sinkFor(ADMINS).accepts(creation)).toBe(true);
  });

  it('notifies the admins of keys without an owner, and sends nothing if there are no admins', async () => {
    const offboarded = () =>
      anEvent({ actor: undefined, details: { reason: 'offboarded' } });
    expect(sinkFor([]).accepts(offboarded())).toBe(false);
    pending.push(offboarded(), { ...offboarded(), owner: GRACE });
    await settle(sinkFor(ADMINS));
    expect(sent()).toEqual([
      `${ADMINS}: 2 API keys were revoked, whose owners have left`,
    ]);
  });

  it('notifies the admins of keys whose owner was replaced, without naming the new owner', async () => {
    const details = { reason: 'offboarded', cause: 'owner-replaced' };
    pending.push(
      anEvent({ actor: undefined, details }),
      anEvent({ actor: undefined, details, keyId: 'other' }),
    );
    await settle(sinkFor(ADMINS));
    expect(sent()).toEqual([
      `${ADMINS}: 2 API keys were revoked, whose owners were replaced`,
    ]);
  });

  describe('when a warning is sent late', () => {
    const END = AT + 3 * DAY;
    const warning = (keyId: string, kind = 'expiry') =>
      anEvent({
        type: 'warned',
        keyId,
        actor: undefined,
        details: { kind, endsAt: new Date(END).toISOString() },
      });

    it('names and counts only the keys for which it is still right', async () => {
      const keys = {
        good: { expiresAt: END },
        revoked: { expiresAt: END, revokedAt: AT },
        rotated: { expiresAt: END, overlapEndsAt: END },
        extended: { expiresAt: END + DAY },
        given: { expiresAt: END, owner: GRACE },
        idle: { createdAt: AT - DAY, inactivityTimeout: 4 * DAY },
        used: { createdAt: AT - DAY, lastUsedAt: AT, inactivityTimeout: DAY },
      };
      findByIds.mockImplementation(async (keyIds: string[]) =>
        keyIds
          .filter(id => id in keys)
          .map(id => aKey({ id, name: id, ...keys[id as keyof typeof keys] })),
      );
      for (const id of [...Object.keys(keys), 'deleted']) {
        const isIdle = id === 'idle' || id === 'used';
        pending.push(warning(id, isIdle ? 'inactivity' : 'expiry'));
      }
      await settle(sinkFor(ADMINS));
      expect(sent()).toEqual([`${ADA}: 2 of your API keys need attention`]);
      expect(named()).toBe(2);
      expect(onWarned.mock.calls).toEqual([
        [1, 'expiry'],
        [1, 'inactivity'],
      ]);
      expect(pending).toEqual([]);
    });

    it('sends nothing about a key that has ended by then', async () => {
      findByIds.mockResolvedValue([aKey({ id: 'key', expiresAt: END })]);
      pending.push(warning('key'));
      const sink = sinkFor(ADMINS);
      await deliver(sink);
      after(3 * DAY);
      await deliver(sink);
      expect(send).not.toHaveBeenCalled();
      expect(pending).toEqual([]);
    });
  });

  describe('when sending fails', () => {
    it('sends it again as the same notification', async () => {
      const sink = sinkFor(ADMINS);
      send.mockRejectedValueOnce(new Error('no mail'));
      pending.push(anEvent());
      await expect(settle(sink)).rejects.toThrow('no mail');
      findByIds.mockRejectedValueOnce(new Error('no database'));
      await expect(deliver(sink)).rejects.toThrow('no database');
      await deliver(sink);
      expect(send).toHaveBeenCalledTimes(2);
      const [first, second] = send.mock.calls.map(([, { scope }]) => scope);
      expect(second).toBe(first);
    });

    it('sends the rest of many keys again, and nothing twice', async () => {
      const sink = sinkFor(ADMINS);
      send.mockResolvedValueOnce().mockRejectedValueOnce(new Error('no mail'));
      pending.push(...Array.from({ length: 60 }, () => anEvent()));
      await expect(settle(sink)).rejects.toThrow('no mail');
      await deliver(sink);
      const failed = send.mock.calls.splice(1, 1);
      expect(failed).toHaveLength(1);
      expect(named()).toBe(60);
      const text = send.mock.calls.map(([, one]) => one.description).join();
      const names = text.match(/“[^”]+”/g)!;
      expect(new Set(names).size).toBe(60);
      expect(names).toHaveLength(60);
    });

    it('sends to the others if one owner fails, and tries that one last', async () => {
      const sink = sinkFor(ADMINS);
      send.mockImplementation(async ([to]) => {
        if (to === ADA) throw new Error('no such recipient');
      });
      pending.push(anEvent(), anEvent({ owner: GRACE, actor: ADA }));
      await expect(settle(sink)).rejects.toThrow('no such recipient');
      pending.push(anEvent({ owner: GRACE, actor: ADA }));
      send.mockClear();
      await expect(deliver(sink)).rejects.toThrow('no such recipient');
      after(SECOND);
      await expect(deliver(sink)).rejects.toThrow('no such recipient');
      expect(send.mock.calls.map(([to]) => to[0])).toEqual([ADA, GRACE, ADA]);
      expect(pending.map(({ owner }) => owner)).toEqual([ADA]);
    });

    it('stops if sending fails for everyone', async () => {
      send.mockRejectedValue(new Error('down'));
      for (let i = 0; i < 20; i += 1) {
        pending.push(anEvent({ owner: `user:default/u${i}` }));
      }
      await expect(settle(sinkFor(ADMINS))).rejects.toThrow('down');
      expect(send).toHaveBeenCalledTimes(5);
      expect(pending).toHaveLength(20);
    });

    it('stops when its signal is aborted', async () => {
      const controller = new AbortController();
      signal = controller.signal;
      send.mockImplementationOnce(async () => controller.abort());
      pending.push(anEvent(), anEvent({ owner: GRACE, actor: ADA }));
      await settle(sinkFor(ADMINS));
      expect(send).toHaveBeenCalledTimes(1);
      expect(pending.map(({ owner }) => owner)).toEqual([GRACE]);
    });

    it('counts dropped events by notification', () => {
      sinkFor(ADMINS).expired([
        anEvent(),
        anEvent(),
        anEvent({ owner: GRACE, actor: ADA }),
      ]);
      expect(onLost).toHaveBeenCalledTimes(2);
    });
  });
});

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

it.each(databases.eachSupportedId())(
  'admins are notified whose keys were revoked for having left the catalog, on %s',
  async databaseId => {
    const knex = await databases.init(databaseId);
    const database = mockServices.database({ knex });
    const stores = await openStores({ database });
    const send = jest.fn(
      async (_to: readonly string[], _payload: NotificationPayload) => {},
    );
    const lifecycle = mockServices.lifecycle.mock();
    const dispatcher = await EventDispatcher.create({
      outbox: stores.outbox,
      sinks: [
        new NotificationSink({
          keys: stores.keys,
          recorder: { flushKeys: async () => {} },
          notifier: { send },
          admins: ADMINS,
          onCreation: false,
          portalUrl: PORTAL,
        }),
      ],
      lifecycle,
      logger: mockServices.logger.mock(),
    });
    for (const [hook] of lifecycle.addStartupHook.mock.calls) await hook();
    stores.listeners.add(dispatcher);
    const key = aKey({ name: 'left', lastUsedAt: Date.now() - 5 * HOUR });
    await stores.keys.withOwnerLock(ADA, keys => keys.insert(key, 'digest'));

    const { run } = offboardingOn(stores, catalogOf([GRACE]), {
      revokeAfter: 0,
    });
    await run();
    await eventually(async () => expect(send).toHaveBeenCalledTimes(1));
    for (const [hook] of lifecycle.addShutdownHook.mock.calls) await hook();
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
