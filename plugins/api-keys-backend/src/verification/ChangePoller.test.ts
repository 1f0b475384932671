import { mockServices } from '@backstage/backend-test-utils';
import { ChangeCursor, OwnerChanges } from '../database/ownerChanges';
import { KeyStore } from '../database/KeyStore';
import { CachedKeys } from './CachedKeys';
import { ChangePoller } from './ChangePoller';

const STALENESS = 1000;
const ADA = 'user:default/ada';

describe('the poller of changes', () => {
  const changesSince = jest.fn<Promise<OwnerChanges>, [ChangeCursor?]>();
  const logger = mockServices.logger.mock();
  let cache: jest.Mocked<Pick<CachedKeys, 'ownersChanged' | 'refreshed'>>;
  let poller: ChangePoller;
  const markOf = (next: number): ChangeCursor => ({ server: 'one', next });

  beforeEach(() => {
    jest.resetAllMocks();
    jest.useFakeTimers();
    cache = { ownersChanged: jest.fn(), refreshed: jest.fn() };
    poller = new ChangePoller({
      stores: { keys: { changesSince } as Partial<KeyStore> as KeyStore },
      cache: cache as Partial<CachedKeys> as CachedKeys,
      logger,
      maxStaleness: STALENESS,
    });
    let next = 0;
    changesSince.mockImplementation(async () => {
      next += 1;
      return { owners: [ADA], mark: markOf(next) };
    });
  });

  afterEach(() => {
    poller.stop();
    jest.useRealTimers();
  });

  it('polls several times per staleness, and continues from its last mark', async () => {
    await poller.start();
    await jest.advanceTimersByTimeAsync(STALENESS);
    expect(changesSince.mock.calls).toEqual([
      [undefined],
      [markOf(1)],
      [markOf(2)],
      [markOf(3)],
      [markOf(4)],
    ]);
    expect(cache.ownersChanged).toHaveBeenCalledWith([ADA]);
  });

  it('counts freshness from the question, not from the answer, and invalidates first', async () => {
    const asked = performance.now();
    changesSince.mockImplementationOnce(async () => {
      jest.advanceTimersByTime(300);
      return { owners: [], mark: markOf(1) };
    });
    await poller.start();
    expect(cache.refreshed).toHaveBeenCalledWith(asked);
    expect(cache.ownersChanged.mock.invocationCallOrder[0]).toBeLessThan(
      cache.refreshed.mock.invocationCallOrder[0],
    );
  });

  it('refreshes nothing while the database is down, logs it once, and then continues from its last mark', async () => {
    await poller.start();
    changesSince.mockRejectedValue(new Error('connect ECONNREFUSED'));
    await jest.advanceTimersByTimeAsync(10 * STALENESS);
    expect(cache.refreshed).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledTimes(1);

    changesSince.mockResolvedValue({ owners: [ADA], mark: markOf(9) });
    await jest.advanceTimersByTimeAsync(STALENESS / 4);
    expect(changesSince).toHaveBeenLastCalledWith(markOf(1));
    expect(cache.refreshed).toHaveBeenCalledTimes(2);
    expect(logger.info).toHaveBeenCalledTimes(1);
  });

  it('gives up on a late answer, and ignores it when it arrives', async () => {
    let answer: (changes: OwnerChanges) => void = () => {};
    changesSince.mockImplementationOnce(
      () =>
        new Promise(resolve => {
          answer = resolve;
        }),
    );
    const started = poller.start();
    await jest.advanceTimersByTimeAsync(4000);
    await started;
    changesSince.mockResolvedValue({ owners: [], mark: markOf(2) });
    await jest.advanceTimersByTimeAsync(STALENESS / 4);
    answer({ owners: [ADA], mark: markOf(1) });
    await jest.advanceTimersByTimeAsync(STALENESS / 4);
    expect(cache.ownersChanged).not.toHaveBeenCalledWith([ADA]);
    expect(changesSince).toHaveBeenLastCalledWith(markOf(2));
  });

  it('does not poll after it is stopped', async () => {
    await poller.start();
    poller.stop();
    await jest.advanceTimersByTimeAsync(10 * STALENESS);
    expect(changesSince).toHaveBeenCalledTimes(1);
  });

  it('does not poll again if it is stopped during a poll', async () => {
    const started = poller.start();
    poller.stop();
    await started;
    await jest.advanceTimersByTimeAsync(10 * STALENESS);
    expect(changesSince).toHaveBeenCalledTimes(1);
  });
});
