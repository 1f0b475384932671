import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import { aKey } from '../__testUtils__/keys';
import { Replicas, startReplicas } from '../__testUtils__/replicas';
import { fakeDate } from '../__testUtils__/warnerOn';
import { DatabaseOutbox } from '../database/DatabaseOutbox';
import { StoredKeyEvent } from '../lifecycle/KeyEvent';
import { DAY } from '../lifecycle/time';
import { EventDispatcher } from './EventDispatcher';
import { EventSink } from './EventSink';
import { LEASE_MS, SinkWorker } from './SinkWorker';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const ADA = 'user:default/ada';
const NAME = 'test';

/** Sends events one by one, and records their ids. */
class RecordingSink implements EventSink {
  readonly name: string;
  readonly sent: number[] = [];
  before: (event: StoredKeyEvent) => Promise<void> = async () => {};

  constructor(name = NAME, readonly eventTypes?: readonly string[]) {
    this.name = name;
  }

  async deliver(
    events: readonly StoredKeyEvent[],
    { done, signal }: Parameters<EventSink['deliver']>[1],
  ): Promise<undefined> {
    for (const event of events) {
      if (signal.aborted) return;
      await this.before(event);
      this.sent.push(event.id);
      await done([event]);
    }
  }
}

/** Wraps the outbox for a process that dies at one of its calls, before or after the call takes effect. */
function dyingOutbox(outbox: DatabaseOutbox, dieAt: number) {
  const steps: string[] = [];
  let isTerminal = false;
  const die = (): never => {
    isTerminal = true;
    throw new Error('died');
  };
  const proxy = new Proxy(outbox, {
    get(target, property) {
      const method = Reflect.get(target, property) as Function;
      return async (...args: unknown[]) => {
        if (isTerminal) return die();
        steps.push(`before ${String(property)}`);
        if (steps.length === dieAt) return die();
        const result = await method.apply(target, args);
        steps.push(`after ${String(property)}`);
        if (steps.length === dieAt) return die();
        return result;
      };
    },
  });
  return { proxy, steps };
}

describe.each(databases.eachSupportedId())(
  'EventDispatcher on %s',
  databaseId => {
    let replicas: Replicas;
    let knex: Knex;
    let outboxes: DatabaseOutbox[];
    let logger: ReturnType<typeof mockServices.logger.mock>;

    beforeAll(async () => {
      replicas = await startReplicas(databases, databaseId);
      knex = replicas.knex;
      outboxes = replicas.stores.map(({ outbox }) => outbox);
      await replicas.warmUp();
    });

    beforeEach(async () => {
      logger = mockServices.logger.mock();
      await knex('api_keys').delete();
      await knex('api_key_events').delete();
      await knex('api_key_event_sinks').delete();
    });

    afterEach(() => jest.useRealTimers());
    afterAll(() => replicas.stop());

    const create = async (owner = ADA, stores = replicas.stores[0]) => {
      const key = aKey({ owner, createdAt: Date.now() });
      await stores.keys.withOwnerLock(owner, keys => keys.insert(key, key.id));
      return key;
    };
    const revoke = (id: string, stores = replicas.stores[0]) =>
      stores.keys.withOwnerLock(ADA, keys =>
        keys.apply(
          [{ type: 'revoke', keyId: id, reason: 'owner', by: ADA }],
          Date.now(),
        ),
      );
    const eventIds = async () =>
      (await knex('api_key_events').orderBy('id')).map(({ id }) => Number(id));
    const workerOf = (sink: EventSink, outbox = outboxes[0]) =>
      new SinkWorker({ sink, outbox, logger });
    const open = async (sink: EventSink) => {
      await outboxes[0].addSinks([sink.name]);
      return workerOf(sink);
    };
    const sinkRow = () => knex('api_key_event_sinks').first();

    it('delivers committed events once, and none from before its start', async () => {
      await create();
      const sink = new RecordingSink();
      const worker = await open(sink);
      await worker.runOnce();
      expect(sink.sent).toEqual([]);
      const [before] = await eventIds();
      const key = await create();
      await revoke(key.id);
      await worker.runOnce();
      await worker.runOnce();
      expect(sink.sent).toEqual((await eventIds()).filter(id => id !== before));
    });

    it('delivers nothing that was rolled back', async () => {
      const sink = new RecordingSink();
      const worker = await open(sink);
      const failing = replicas.stores[0].keys.withOwnerLock(ADA, async keys => {
        await keys.insert(aKey(), 'digest');
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      await worker.runOnce();
      expect(sink.sent).toEqual([]);
    });

    it('delivers no events of an older version, which sends them itself', async () => {
      const sink = new RecordingSink();
      const worker = await open(sink);
      await create();
      await knex('api_key_events').update({ outbox_position: null });
      await worker.runOnce();
      expect(sink.sent).toEqual([]);
    });

    it('delivers only the types that a sink requests', async () => {
      const sink = new RecordingSink(NAME, ['revoked']);
      const worker = await open(sink);
      const key = await create();
      await revoke(key.id);
      await create();
      await worker.runOnce();
      const [revocation] = await knex('api_key_events').where({
        type: 'revoked',
      });
      expect(sink.sent).toEqual([Number(revocation.id)]);
    });

    it('loses nothing if it dies at any moment, and repeats only events that were sent but not saved', async () => {
      fakeDate(Date.now());
      const crashes: string[] = [];
      for (let dieAt = 1; ; dieAt++) {
        await knex('api_key_events').delete();
        await knex('api_key_event_sinks').delete();
        const sink = new RecordingSink();
        await outboxes[0].addSinks([NAME]);
        for (let i = 0; i < 3; i++) await create();
        const { proxy, steps } = dyingOutbox(outboxes[0], dieAt);
        await workerOf(sink, proxy)
          .runOnce()
          .catch(() => {});
        const isOver = steps.length < dieAt;

        // While the lease lasts, the other replica leaves the sink alone.
        const other = workerOf(sink, outboxes[1]);
        const { lease_owner: owner } = await sinkRow();
        const sentBefore = sink.sent.length;
        if (owner !== null) await other.runOnce();
        expect(sink.sent).toHaveLength(sentBefore);
        jest.setSystemTime(Date.now() + LEASE_MS);
        await other.runOnce();

        const ids = await eventIds();
        expect([...new Set(sink.sent)]).toEqual(ids);
        const isBetween = steps.at(-1) === 'before save';
        expect(sink.sent).toHaveLength(ids.length + (isBetween ? 1 : 0));
        if (isOver) break;
        crashes.push(steps.at(-1)!);
      }
      expect(crashes).toEqual(
        [
          'findSink',
          'placeEvents',
          'acquire',
          'readEvents',
          'save',
          'save',
          'save',
          'release',
        ].flatMap(step => [`before ${step}`, `after ${step}`]),
      );
    });

    it('is one replica at a time, with each event once, while both write and send', async () => {
      let sending = 0;
      const sinks = [new RecordingSink(), new RecordingSink()];
      const sent: number[] = [];
      const before = async ({ id }: StoredKeyEvent) => {
        sending += 1;
        expect(sending).toBe(1);
        await new Promise(resolve => setImmediate(resolve));
        sent.push(id);
        sending -= 1;
      };
      for (const sink of sinks) sink.before = before;
      await outboxes[0].addSinks([NAME]);
      const workers = sinks.map((sink, i) => workerOf(sink, outboxes[i]));
      let isOver = false;
      const write = async (replica: number) => {
        for (let i = 0; i < 30; i++) {
          const stores = replicas.stores[replica];
          const key = await create(ADA, stores);
          await revoke(key.id, stores);
        }
      };
      const send = async (replica: number) => {
        while (!isOver) {
          await workers[replica].runOnce();
          await new Promise(resolve => setTimeout(resolve, 1));
        }
      };
      const sendingAll = Promise.all([send(0), send(1)]);
      await Promise.all([write(0), write(1)]);
      await eventually(async () => {
        expect(sent).toHaveLength(120);
      });
      isOver = true;
      await sendingAll;
      expect([...sent].sort((a, b) => a - b)).toEqual(await eventIds());
      const events = await knex('api_key_events');
      const typeOf = new Map(events.map(row => [Number(row.id), row]));
      for (const { key_id: keyId } of events) {
        const types = sent
          .map(id => typeOf.get(id))
          .filter(row => row.key_id === keyId)
          .map(({ type }) => type);
        expect(types).toEqual(['created', 'revoked']);
      }
    });

    if (databaseId !== 'SQLITE_3') {
      it('delivers the events of a transaction that began first and committed last', async () => {
        const sink = new RecordingSink();
        const worker = await open(sink);
        let finish = () => {};
        const inserted = new Promise<void>((resolve, reject) => {
          const late = replicas.stores[1].keys.withOwnerLock(
            'user:default/late',
            async keys => {
              await keys.insert(
                aKey({ owner: 'user:default/late' }),
                'late digest',
              );
              resolve();
              await new Promise<void>(committed => {
                finish = committed;
              });
            },
          );
          late.catch(reject);
        });
        await inserted;
        await create();
        await worker.runOnce();
        expect(sink.sent).toHaveLength(1);
        finish();
        await eventually(async () => {
          await worker.runOnce();
          expect(sink.sent).toHaveLength(2);
        });
        expect(sink.sent).toEqual((await eventIds()).reverse());
      });
    }

    it('retries with growing pauses, and logs the failure once', async () => {
      fakeDate(Date.now());
      const sink = new RecordingSink();
      sink.before = async () => {
        throw new Error('down');
      };
      const worker = await open(sink);
      await create();
      const pauses: number[] = [];
      for (let i = 0; i < 6; i++) {
        await worker.runOnce();
        const pause = Number((await sinkRow()).retry_at) - Date.now();
        pauses.push(pause);
        // No replica retries before the pause is over.
        jest.setSystemTime(Date.now() + pause - 1);
        await workerOf(sink, outboxes[1]).runOnce();
        jest.setSystemTime(Date.now() + 1);
      }
      expect(pauses).toEqual([2, 8, 32, 128, 300, 300].map(s => s * 1000));
      expect(logger.warn.mock.calls).toEqual([
        [
          'Could not deliver events of API keys to test, trying again until it works: Error: down',
        ],
      ]);
      sink.before = async () => {};
      await worker.runOnce();
      expect(sink.sent).toEqual(await eventIds());
      expect(logger.info).toHaveBeenCalledTimes(1);
      expect(await sinkRow()).toMatchObject({ failures: 0, lease_owner: null });
    });

    it('logs a sink that fails after an outage of the database', async () => {
      const sink = new RecordingSink();
      await outboxes[0].addSinks([sink.name]);
      let isAway = true;
      const findSink = (name: string) =>
        isAway
          ? Promise.reject(new Error('connection refused'))
          : outboxes[0].findSink(name);
      const outbox = new Proxy(outboxes[0], {
        get(target, property) {
          if (property === 'findSink') return findSink;
          return Reflect.get(target, property).bind(target);
        },
      });
      const worker = workerOf(sink, outbox);
      worker.start();
      await eventually(async () =>
        expect(logger.warn).toHaveBeenCalledTimes(1),
      );
      isAway = false;
      worker.wake();
      await eventually(async () =>
        expect(logger.info).toHaveBeenCalledTimes(1),
      );
      sink.before = () => Promise.reject(new Error('down'));
      await create();
      worker.wake();
      await eventually(async () =>
        expect(logger.warn).toHaveBeenCalledTimes(2),
      );
      await worker.stop();
      expect(logger.warn.mock.calls.map(([message]) => message)).toEqual([
        'Could not read events of API keys for test from the database, trying again until it works: Error: connection refused',
        'Could not deliver events of API keys to test, trying again until it works: Error: down',
      ]);
      expect(logger.info.mock.calls.map(([message]) => message)).toEqual([
        'Events of API keys for test are read from the database again',
      ]);
    });

    it('stops sending once another replica has taken over', async () => {
      fakeDate(Date.now());
      const slow = new RecordingSink();
      const other = new RecordingSink();
      const worker = await open(slow);
      for (let i = 0; i < 3; i++) await create();
      slow.before = async () => {
        slow.before = async () => {};
        jest.setSystemTime(Date.now() + LEASE_MS);
        await workerOf(other, outboxes[1]).runOnce();
      };
      await worker.runOnce();
      const ids = await eventIds();
      expect(other.sent).toEqual(ids);
      expect(slow.sent).toEqual(ids.slice(0, 1));
      await worker.runOnce();
      expect(slow.sent).toHaveLength(1);
      expect(logger.warn).not.toHaveBeenCalled();
    });

    it('drops events that could not be delivered for a week', async () => {
      fakeDate(Date.now());
      const sink = new RecordingSink();
      const expired: number[] = [];
      const worker = await open(
        Object.assign(sink, {
          expired: (events: readonly StoredKeyEvent[]) =>
            expired.push(...events.map(({ id }) => id)),
        }),
      );
      await create();
      jest.setSystemTime(Date.now() + 7 * DAY + 1);
      await create();
      await worker.runOnce();
      const [old, fresh] = await eventIds();
      expect(sink.sent).toEqual([fresh]);
      expect(expired).toEqual([old]);
      expect(logger.warn.mock.calls[0][0]).toContain('Gave up 1 events');
    });

    it('continues past deleted events', async () => {
      const sink = new RecordingSink();
      const worker = await open(sink);
      await create();
      await worker.runOnce();
      await knex('api_key_events').delete();
      await create();
      await worker.runOnce();
      expect(sink.sent).toHaveLength(2);
    });

    it('delivers soon after a commit, also of another replica, and a sink that hangs holds up no other', async () => {
      const lifecycle = mockServices.lifecycle.mock();
      const hanging = new RecordingSink('hanging');
      hanging.before = () => new Promise(() => {});
      const sink = new RecordingSink();
      const dispatcher = await EventDispatcher.create({
        outbox: outboxes[0],
        sinks: [hanging, sink],
        lifecycle,
        logger,
      });
      replicas.stores[0].listeners.add(dispatcher);
      for (const [hook] of lifecycle.addStartupHook.mock.calls) await hook();
      await create();
      const startedAt = performance.now();
      await eventually(async () => expect(sink.sent).toHaveLength(1));
      expect(performance.now() - startedAt).toBeLessThan(2_000);
      await create(ADA, replicas.stores[1]);
      await eventually(async () => expect(sink.sent).toHaveLength(2));
      const stopping = performance.now();
      for (const [hook] of lifecycle.addShutdownHook.mock.calls) await hook();
      // A sink that hangs gets five seconds.
      expect(performance.now() - stopping).toBeLessThan(7_000);
      await create();
      await new Promise(resolve => setTimeout(resolve, 50));
      expect(sink.sent).toHaveLength(2);
    }, 30_000);
  },
);
