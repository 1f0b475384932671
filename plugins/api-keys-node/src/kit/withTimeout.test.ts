import { TimeoutError, withTimeout } from './withTimeout';

describe('withTimeout', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('passes on what settles in time, and leaves no timer', async () => {
    expect(await withTimeout(Promise.resolve(1), 100)).toBe(1);
    await expect(
      withTimeout(Promise.reject(new Error('gone')), 100),
    ).rejects.toThrow('gone');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('rejects when it is time, and discards what comes later', async () => {
    let fail = (_: Error) => {};
    const work = new Promise((_, reject) => {
      fail = reject;
    });
    const outcome = withTimeout(work, 100);
    jest.advanceTimersByTime(100);
    await expect(outcome).rejects.toThrow(
      new TimeoutError('No answer within 100 ms'),
    );
    fail(new Error('too late'));
    await Promise.resolve();
  });
});
