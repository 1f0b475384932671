import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import { aKey, fromNow, refusal } from '../../__testUtils__/keys';
import { AttentionFeed } from './AttentionFeed';

const MINUTE = 60_000;
const SOON = aKey({ expiresAt: fromNow({ days: 2 }) });

const calls = (api: FakeApiKeysApi) => api.callsOf('listKeys').length;
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('AttentionFeed', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  function setUp(api: FakeApiKeysApi) {
    const feed = new AttentionFeed(api, async () => true);
    const listener = jest.fn();
    const stop = feed.subscribe(listener);
    return { feed, listener, stop };
  }

  it('polls once for all subscribers, every three minutes', async () => {
    const api = new FakeApiKeysApi([SOON]);
    const { feed, listener } = setUp(api);
    feed.subscribe(() => {});
    await pass(0);
    expect(calls(api)).toBe(1);
    expect(listener).toHaveBeenCalledTimes(1);
    expect(feed.current).toHaveLength(1);
    await pass(3 * MINUTE);
    expect(calls(api)).toBe(2);
  });

  it('pauses without subscribers and while the page is hidden', async () => {
    const api = new FakeApiKeysApi();
    const { feed, stop } = setUp(api);
    await pass(0);
    stop();
    await pass(10 * MINUTE);
    expect(calls(api)).toBe(1);
    jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    feed.subscribe(() => {});
    await pass(10 * MINUTE);
    expect(calls(api)).toBe(1);
  });

  it('keeps its value after an error', async () => {
    const api = new FakeApiKeysApi([SOON]);
    const { feed } = setUp(api);
    await pass(0);
    api.fail('listKeys', await refusal(503, 'Error', 'away'));
    await pass(3 * MINUTE);
    expect(calls(api)).toBe(2);
    expect(feed).toMatchObject({ current: [{}], error: undefined });
  });

  it('reports the error until it has a value', async () => {
    const api = new FakeApiKeysApi([SOON]);
    api.fail('listKeys', await refusal(503, 'Error', 'away'));
    const { feed, listener } = setUp(api);
    await pass(0);
    expect(feed).toMatchObject({
      current: undefined,
      error: expect.any(Error),
    });
    api.fail('listKeys', undefined);
    await feed.retry();
    expect(feed).toMatchObject({ current: [{}], error: undefined });
    expect(listener).toHaveBeenCalledTimes(2);
  });

  it('refreshes after a change of the user, and ignores slower responses', async () => {
    const api = new FakeApiKeysApi([SOON]);
    const list = jest.spyOn(api, 'listKeys');
    let answerLate = () => {};
    list.mockImplementationOnce(
      () =>
        new Promise(resolve => {
          answerLate = () =>
            resolve({
              items: [SOON],
              totalItems: 1,
              totalIsCapped: false,
              pageInfo: {},
            });
        }),
    );
    const { feed } = setUp(api);
    await pass(0);
    api.keys = [];
    // WarningTime twice, it asks once.
    feed.refresh();
    feed.refresh();
    await pass(1000);
    expect(list).toHaveBeenCalledTimes(2);
    expect(feed.current).toEqual([]);
    answerLate();
    await pass(0);
    expect(feed.current).toEqual([]);
  });
});
