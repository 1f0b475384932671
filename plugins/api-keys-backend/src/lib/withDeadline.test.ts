import { withDeadline } from './withDeadline';

describe('withDeadline', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('gives what came in time, or the error', async () => {
    expect(await withDeadline(Promise.resolve(1), 100)).toBe(1);
    await expect(
      withDeadline(Promise.reject(new Error('gone')), 100),
    ).rejects.toThrow('gone');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('gives up, whatever comes later', async () => {
    let fail = (_: Error) => {};
    const work = new Promise((_, reject) => {
      fail = reject;
    });
    const outcome = withDeadline(work, 100);
    jest.advanceTimersByTime(100);
    await expect(outcome).rejects.toThrow('No answer within 100 ms');
    fail(new Error('too late'));
    await Promise.resolve();
  });
});
