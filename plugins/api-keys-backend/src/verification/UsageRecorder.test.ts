import { mockServices } from '@backstage/backend-test-utils';
import { meter } from '../__testUtils__/metrics';
import { UsageStore } from '../database/UsageStore';
import { UsageDelta } from '../lifecycle/UsageDelta';
import { KeyEvent } from '../lifecycle/KeyEvent';
import { UsageRecorder } from './UsageRecorder';

const START = Date.UTC(2030, 0, 1);
const RESOLUTION = 60_000;
const USE = { plugin: 'catalog', ip: '10.0.0.7', userAgent: 'curl/8' };

describe('UsageRecorder', () => {
  let written: UsageDelta[][];
  let applyUsage: jest.Mock;
  let mergePendingUsage: jest.Mock;
  let recorder: UsageRecorder;

  const create = (options?: {
    recordIp?: boolean;
    resolution?: number;
    lastUseOf?: (keyId: string) => number | undefined;
  }) =>
    new UsageRecorder({
      stores: {
        usage: {
          applyUsage,
          mergePendingUsage,
        } as Partial<UsageStore> as UsageStore,
      },
      logger: mockServices.logger.mock(),
      metrics: meter().metrics,
      resolution: RESOLUTION,
      recordIp: true,
      ...options,
    });

  beforeEach(() => {
    jest.useFakeTimers({ now: START });
    written = [];
    applyUsage = jest.fn(async (uses: UsageDelta[]) => {
      written.push(uses);
    });
    mergePendingUsage = jest.fn(async () => undefined);
    recorder = create();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  const record = (keyId: string, use: object = {}) =>
    recorder.record(keyId, { ...USE, ...use }, Date.now());

  it('writes nothing while no key is used', async () => {
    await jest.advanceTimersByTimeAsync(10 * RESOLUTION);
    await recorder.stop();
    expect(applyUsage).not.toHaveBeenCalled();
  });

  it('never waits for the database', () => {
    applyUsage.mockReturnValue(new Promise(() => {}));
    expect(record('key-1')).toBeUndefined();
  });

  it('writes the first use at once, and then each key once per resolution', async () => {
    recorder = create({
      lastUseOf: id => (id === 'key-2' ? START : undefined),
    });
    record('key-1');
    await jest.advanceTimersByTimeAsync(0);
    expect(written).toMatchObject([
      [
        {
          keyId: 'key-1',
          count: 1,
          lastUsedAt: START,
          lastUsedIp: '10.0.0.7',
          lastUsedUserAgent: 'curl/8',
          daily: [{ day: START, plugin: 'catalog', count: 1 }],
        },
      ],
    ]);

    for (let second = 1; second <= 59; second++) {
      await jest.advanceTimersByTimeAsync(1000);
      record('key-1', { ip: `10.0.0.${second}` });
      record('key-2');
    }
    expect(written).toHaveLength(1);

    await jest.advanceTimersByTimeAsync(1000);
    expect(written).toHaveLength(2);
    expect(written[1]).toEqual([
      expect.objectContaining({
        keyId: 'key-1',
        count: 59,
        lastUsedAt: START + 59_000,
        lastUsedIp: '10.0.0.59',
      }),
      expect.objectContaining({ keyId: 'key-2', count: 59 }),
    ]);
  });

  describe('writes early', () => {
    const HOUR = 60 * 60 * 1000;
    const idsOf = (uses: readonly UsageDelta[]) =>
      uses.map(({ keyId }) => keyId);

    /** The interval of the resolution has begun, so writes in the next minute are early ones. */
    beforeEach(async () => {
      record('key-0');
      await jest.advanceTimersByTimeAsync(0);
      written = [];
    });

    it('the first use of each key, for all keys together at most once a second', async () => {
      for (let tenth = 0; tenth < 50; tenth++) {
        record(`new-${tenth}`);
        record('key-0');
        record('new-0');
        await jest.advanceTimersByTimeAsync(100);
      }
      await jest.advanceTimersByTimeAsync(1000);
      const ids = written.map(idsOf);
      expect(ids.flat()).toEqual(
        Array.from({ length: 50 }, (_, tenth) => `new-${tenth}`),
      );
      expect(ids.length).toBeLessThanOrEqual(6);

      // Keys in constant use are written once per resolution.
      await jest.advanceTimersByTimeAsync(RESOLUTION);
      expect(written.at(-1)).toEqual([
        expect.objectContaining({ keyId: 'key-0', count: 50 }),
        expect.objectContaining({ keyId: 'new-0' }),
      ]);
    });

    it.each([
      ['a minute', RESOLUTION],
      ['an hour', HOUR],
      ['a day', 24 * HOUR],
    ])(
      'the first use after an hour without a write, with a resolution of %s',
      async (_, resolution) => {
        recorder = create({ resolution });
        record('hot');
        record('cold');
        await jest.advanceTimersByTimeAsync(1000);
        written = [];
        for (let minute = 0; minute < 59; minute++) {
          record('hot');
          await jest.advanceTimersByTimeAsync(60_000);
        }
        await jest.advanceTimersByTimeAsync(60_000);
        record('hot');
        await jest.advanceTimersByTimeAsync(100);
        const early = written.length;
        record('cold');
        await jest.advanceTimersByTimeAsync(2000);
        expect(written.slice(early).flat()).toContainEqual(
          expect.objectContaining({ keyId: 'cold', count: 1 }),
        );
      },
    );

    it('a key in use once an hour, if the resolution is longer', async () => {
      recorder = create({ resolution: 24 * HOUR });
      for (let minute = 0; minute < 10 * 60; minute++) {
        record('hot');
        await jest.advanceTimersByTimeAsync(60_000);
      }
      expect(written).toHaveLength(10);
    });

    it('no use of a key that another replica has written within the hour', async () => {
      recorder = create({
        lastUseOf: id => (id === 'known' ? START - HOUR / 2 : START - 2 * HOUR),
      });
      record('key-0');
      await jest.advanceTimersByTimeAsync(1000);
      written = [];
      record('known');
      record('forgotten');
      await jest.advanceTimersByTimeAsync(2000);
      expect(written.map(idsOf)).toEqual([['forgotten']]);
    });

    it('the last uses of a key that was revoked or is refused', async () => {
      record('revoked-key');
      record('refused-key');
      await jest.advanceTimersByTimeAsync(1000);
      written = [];
      for (const id of ['revoked-key', 'refused-key', 'key-0']) record(id);
      await jest.advanceTimersByTimeAsync(5000);
      expect(written).toEqual([]);
      const event = { type: 'revoked', keyId: 'revoked-key' } as KeyEvent;
      recorder.eventsAdded([event, { ...event, keyId: 'unused' }]);
      recorder.expedite('refused-key');
      await jest.advanceTimersByTimeAsync(1000);
      expect(written.flat().map(({ keyId }) => keyId)).toEqual([
        'revoked-key',
        'refused-key',
      ]);
    });

    it('nothing each second while writes fail, but everything soon after', async () => {
      applyUsage.mockRejectedValue(new Error('read-only'));
      for (let second = 0; second < 30; second++) {
        record(`new-${second}`);
        await jest.advanceTimersByTimeAsync(1000);
      }
      // The first write fails; the others are retried together, every ten seconds.
      expect(applyUsage.mock.calls.length).toBeLessThanOrEqual(5);
      applyUsage.mockImplementation(async uses => void written.push(uses));
      await jest.advanceTimersByTimeAsync(10_000);
      expect(written.flat()).toHaveLength(30);
      record('newer');
      await jest.advanceTimersByTimeAsync(1000);
      expect(written.flat()).toHaveLength(31);
    });
  });

  describe('writes the uses of some keys for a reader', () => {
    it('and leaves those of others for later', async () => {
      record('key-0');
      await jest.advanceTimersByTimeAsync(1000);
      written = [];
      for (const id of ['key-0', 'key-1']) record(id);
      await recorder.flushKeys(['key-0', 'unused']);
      expect(written).toEqual([[expect.objectContaining({ keyId: 'key-0' })]]);
      expect(recorder.waiting).toBe(1);
    });

    it('after a write of them that is in progress', async () => {
      let finish = () => {};
      applyUsage.mockImplementationOnce(
        () => new Promise<void>(resolve => (finish = resolve)),
      );
      record('key-1');
      await jest.advanceTimersByTimeAsync(0);
      const flushed = jest.fn();
      void recorder.flushKeys(['key-1']).then(flushed);
      await jest.advanceTimersByTimeAsync(500);
      expect(flushed).not.toHaveBeenCalled();
      finish();
      await jest.advanceTimersByTimeAsync(0);
      expect(flushed).toHaveBeenCalled();
    });

    it.each([
      ['fails', 1],
      ['does not answer', 0],
    ])(
      'and keeps them for later when the database %s, without an error or a long wait',
      async (how, waiting) => {
        applyUsage.mockImplementationOnce(() =>
          how === 'fails'
            ? Promise.reject(new Error('database is away'))
            : new Promise(() => {}),
        );
        record('key-1');
        const flushed = recorder.flushKeys(['key-1']);
        await jest.advanceTimersByTimeAsync(2000);
        expect(await flushed).toBeUndefined();
        // The database may still finish the statement.
        expect(recorder.waiting).toBe(waiting);
      },
    );
  });

  it('records uses with their own time, and never in the future', async () => {
    record('key-1', { at: START - 5000 });
    record('key-2', { at: START + 5000 });
    await recorder.flush();
    expect(written[0].map(({ lastUsedAt }) => lastUsedAt)).toEqual([
      START - 5000,
      START,
    ]);
  });

  it('counts by plugin and by day, also across midnight', async () => {
    jest.setSystemTime(START - 1000);
    applyUsage.mockRejectedValueOnce(new Error('database is away'));
    record('key-1');
    record('key-1', { plugin: 'scaffolder' });
    await jest.advanceTimersByTimeAsync(0); // and keeps what it could not write
    record('key-1');
    await jest.advanceTimersByTimeAsync(1000);
    record('key-1');
    await recorder.stop();
    expect(written.flat().flatMap(({ daily }) => daily)).toEqual([
      { day: START - 24 * 60 * 60 * 1000, plugin: 'catalog', count: 2 },
      { day: START - 24 * 60 * 60 * 1000, plugin: 'scaffolder', count: 1 },
      { day: START, plugin: 'catalog', count: 1 },
    ]);
  });

  it('keeps uses that could not be written, and those recorded meanwhile', async () => {
    applyUsage.mockRejectedValueOnce(new Error('database is away'));
    record('key-1');
    await jest.advanceTimersByTimeAsync(0);
    record('key-1');
    await jest.advanceTimersByTimeAsync(RESOLUTION);
    expect(written).toEqual([
      [expect.objectContaining({ keyId: 'key-1', count: 2 })],
    ]);
  });

  it('holds one entry per key, however long the database is down', async () => {
    applyUsage.mockRejectedValue(new Error('database is away'));
    for (let minute = 0; minute < 10; minute++) {
      record('key-1');
      await jest.advanceTimersByTimeAsync(RESOLUTION);
    }
    applyUsage.mockImplementation(async uses => void written.push(uses));
    await recorder.stop();
    expect(written).toEqual([[expect.objectContaining({ count: 10 })]]);
  });

  it('writes the remaining uses when it stops, after a write that is in progress', async () => {
    let finish = () => {};
    applyUsage.mockImplementationOnce(
      () => new Promise<void>(resolve => (finish = resolve)),
    );
    record('key-1');
    await jest.advanceTimersByTimeAsync(0);
    record('key-2');
    const stopped = recorder.stop();
    expect(written).toEqual([]);
    finish();
    await stopped;
    expect(written).toEqual([[expect.objectContaining({ keyId: 'key-2' })]]);
  });

  it('writes the uses of requests that were accepted before it stopped and verified afterwards', async () => {
    record('key-1');
    const stopped = recorder.stop();
    await jest.advanceTimersByTimeAsync(0);
    expect(written).toEqual([[expect.objectContaining({ keyId: 'key-1' })]]);
    record('key-2');
    await stopped;
    expect(written.flat().map(({ keyId }) => keyId)).toEqual([
      'key-1',
      'key-2',
    ]);
  });

  it.each(['10.0.0.7', '2001:db8::ffff:1', undefined])(
    'writes the IP address %s of the last use',
    async ip => {
      record('key-1');
      record('key-1', { ip });
      await recorder.flush();
      expect(written[0][0].lastUsedIp).toBe(ip);
    },
  );

  it('writes no IP address if that is turned off', async () => {
    recorder = create({ recordIp: false });
    record('key-1');
    await recorder.flush();
    expect(written[0][0].lastUsedIp).toBeUndefined();
  });

  it('cuts user agents to the length of the column', async () => {
    record('key-1', { userAgent: 'x'.repeat(10_000) });
    await recorder.flush();
    expect(written[0][0].lastUsedUserAgent).toHaveLength(255);
  });

  it.each(['\u0000', '\ud800'])(
    'writes no %j, which PostgreSQL does not accept',
    async strange => {
      record('key-1', { userAgent: `curl${strange}/8` });
      await recorder.flush();
      expect(written[0][0].lastUsedUserAgent).toBe('curl\ufffd/8');
    },
  );

  it('reports the last use, even if it was recorded before a failed write', async () => {
    applyUsage.mockRejectedValueOnce(new Error('database is away'));
    record('key-1', { ip: '10.0.0.8', userAgent: 'node' });
    record('key-2', { ip: '10.0.0.8', userAgent: 'node' });
    const failed = recorder.flush();
    recorder.record('key-1', USE, START - 5);
    jest.setSystemTime(START + 5);
    record('key-2');
    await failed;
    await recorder.flush();
    expect(written).toEqual([
      [
        expect.objectContaining({
          ...{ keyId: 'key-1', count: 2, lastUsedAt: START },
          ...{ lastUsedIp: '10.0.0.8', lastUsedUserAgent: 'node' },
        }),
        expect.objectContaining({
          ...{ keyId: 'key-2', count: 2, lastUsedAt: START + 5 },
          ...{ lastUsedIp: '10.0.0.7', lastUsedUserAgent: 'curl/8' },
        }),
      ],
    ]);
  });

  describe('merges pending uses into their keys', () => {
    it('when it starts, and after each write, until none is left', async () => {
      recorder.start();
      await jest.advanceTimersByTimeAsync(0);
      expect(mergePendingUsage.mock.calls).toEqual([[undefined]]);

      mergePendingUsage.mockClear();
      mergePendingUsage
        .mockResolvedValueOnce('key-5')
        .mockResolvedValueOnce('key-9');
      record('key-1');
      await jest.advanceTimersByTimeAsync(0);
      expect(mergePendingUsage.mock.calls).toEqual([
        [undefined],
        ['key-5'],
        ['key-9'],
      ]);
    });

    it('one batch after the other, and after due writes', async () => {
      let finish = () => {};
      mergePendingUsage.mockImplementationOnce(
        () => new Promise(resolve => (finish = () => resolve('key-5'))),
      );
      recorder.start();
      record('key-1');
      await jest.advanceTimersByTimeAsync(0);
      expect(applyUsage).not.toHaveBeenCalled();
      mergePendingUsage.mockImplementation(async () => {
        expect(written).toHaveLength(1);
        return undefined;
      });
      finish();
      await jest.advanceTimersByTimeAsync(0);
      // Starts over once, for uses that became pending meanwhile.
      expect(mergePendingUsage.mock.calls).toEqual([
        [undefined],
        ['key-5'],
        [undefined],
      ]);
      expect(written).toHaveLength(1);
    });

    it('again after the next write, if it failed', async () => {
      mergePendingUsage.mockRejectedValueOnce(new Error('database is away'));
      record('key-1');
      await jest.advanceTimersByTimeAsync(0);
      record('key-1');
      await jest.advanceTimersByTimeAsync(RESOLUTION);
      expect(mergePendingUsage).toHaveBeenCalledTimes(2);
      expect(written).toHaveLength(2);
    });

    it('no longer once it stops and only the last uses are written', async () => {
      mergePendingUsage.mockResolvedValue('key-5');
      recorder.start();
      await Promise.resolve();
      record('key-1');
      await recorder.stop();
      const calls = mergePendingUsage.mock.calls.length;
      await jest.advanceTimersByTimeAsync(RESOLUTION);
      expect(written).toHaveLength(1);
      expect(mergePendingUsage).toHaveBeenCalledTimes(calls);
    });
  });
});
