import { TestApiProvider } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { act, renderHook, waitFor } from '@testing-library/react';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { FakeSignals } from '../__testUtils__/FakeSignals';
import { aKey, refusal } from '../__testUtils__/keys';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { ApiKeysQuery, useApiKeys } from './useApiKeys';

const WORKING: ApiKeysQuery = { status: ['active'] };
const ENDED: ApiKeysQuery = { status: ['revoked'] };

const manyKeys = (count: number) =>
  Array.from({ length: count }, (_, i) => aKey({ id: `k${i}` }));

function setUp(api: FakeApiKeysApi, signals?: FakeSignals) {
  const hook = renderHook(({ query }) => useApiKeys(query), {
    initialProps: { query: WORKING },
    wrapper: ({ children }) => (
      <TestApiProvider
        apis={[
          [apiKeysApiRef, api],
          ...(signals ? [[signalApiRef, signals] as const] : []),
        ]}
      >
        {children}
      </TestApiProvider>
    ),
  });
  const state = () => hook.result.current.state;
  const ready = () => {
    const current = state();
    if (current.status !== 'ready') throw new Error(current.status);
    return current;
  };
  const ids = () => ready().items.map(key => key.id);
  return { ...hook, state, ready, ids };
}

const calls = (api: FakeApiKeysApi) => api.callsOf('listKeys').length;

describe('useApiKeys', () => {
  it('loads a page, and more on request', async () => {
    const { result, ready, ids } = setUp(new FakeApiKeysApi(manyKeys(60)));
    await waitFor(() => expect(ids()).toHaveLength(50));
    expect(ready()).toMatchObject({ totalItems: 60, hasMore: true });
    act(() => result.current.loadMore());
    expect(ready().loadingMore).toBe(true);
    await waitFor(() => expect(ids()).toHaveLength(60));
    expect(ready()).toMatchObject({ hasMore: false, loadingMore: false });
  });

  it('starts with one page again when the query changes', async () => {
    const { result, rerender, ready, ids } = setUp(
      new FakeApiKeysApi([
        ...manyKeys(60),
        ...manyKeys(60).map(key => ({
          ...key,
          id: `old-${key.id}`,
          status: 'revoked' as const,
        })),
      ]),
    );
    await waitFor(() => expect(ids()).toHaveLength(50));
    act(() => result.current.loadMore());
    await waitFor(() => expect(ids()).toHaveLength(60));
    rerender({ query: ENDED });
    await waitFor(() => expect(ready().updating).toBe(false));
    expect(ids()).toHaveLength(50);
    expect(ids()[0]).toBe('old-k0');
  });

  it('combines pages that are smaller than requested', async () => {
    const api = new FakeApiKeysApi(manyKeys(7));
    api.pageSize = 3;
    const { ids } = setUp(api);
    await waitFor(() => expect(ids()).toHaveLength(7));
  });

  it('shows a key once if it moves between pages', async () => {
    const api = new FakeApiKeysApi([aKey({ id: 'a' }), aKey({ id: 'a' })]);
    api.pageSize = 1;
    const { ids } = setUp(api);
    await waitFor(() => expect(ids()).toEqual(['a']));
  });

  it('ignores a slow response that a later one has overtaken', async () => {
    const api = new FakeApiKeysApi([
      aKey({ id: 'working' }),
      aKey({ id: 'ended', status: 'revoked' }),
    ]);
    const release = api.hold('listKeys');
    const { rerender, ids } = setUp(api);
    await waitFor(() => expect(calls(api)).toBe(1));
    // From here on answers come at once; the first one is still on its way.
    const answer = api.listKeys.bind(api);
    jest.spyOn(api, 'listKeys').mockImplementation(async () => ({
      items: [aKey({ id: 'ended', status: 'revoked' })],
      totalItems: 1,
      totalIsCapped: false,
      pageInfo: {},
    }));
    rerender({ query: ENDED });
    await waitFor(() => expect(ids()).toEqual(['ended']));
    await act(async () => {
      release();
      await answer();
    });
    expect(ids()).toEqual(['ended']);
  });

  it('fails only without items for the query', async () => {
    const api = new FakeApiKeysApi([aKey()]);
    const { result, rerender, state, ready } = setUp(api);
    await waitFor(() => expect(ready().items).toHaveLength(1));
    api.fail('listKeys', await refusal(503, 'Error', 'The database is away'));
    await act(() => result.current.refresh());
    expect(ready().items).toHaveLength(1);
    expect(ready().refreshError).toBeDefined();
    rerender({ query: ENDED });
    await waitFor(() => expect(state().status).toBe('failed'));
    api.fail('listKeys', undefined);
    await act(() => result.current.refresh());
    expect(ready().items).toHaveLength(0);
    expect(ready().refreshError).toBeUndefined();
  });
});

describe('useApiKeys, polling', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const pass = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

  it('refreshes every five seconds', async () => {
    const api = new FakeApiKeysApi();
    setUp(api);
    await pass(0);
    expect(calls(api)).toBe(1);
    await pass(4999);
    expect(calls(api)).toBe(1);
    await pass(1);
    expect(calls(api)).toBe(2);
  });

  it('pauses while the page is hidden', async () => {
    const api = new FakeApiKeysApi();
    setUp(api);
    await pass(0);
    const visibility = jest.spyOn(document, 'visibilityState', 'get');
    visibility.mockReturnValue('hidden');
    await pass(60_000);
    expect(calls(api)).toBe(1);
    visibility.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    await pass(0);
    expect(calls(api)).toBe(2);
  });

  it('does not overlap requests', async () => {
    const api = new FakeApiKeysApi();
    const release = api.hold('listKeys');
    setUp(api);
    await pass(30_000);
    expect(calls(api)).toBe(1);
    await act(async () => release());
    await pass(5000);
    expect(calls(api)).toBe(2);
  });

  it('stops on unmount', async () => {
    const api = new FakeApiKeysApi();
    const { unmount } = setUp(api);
    await pass(0);
    unmount();
    await pass(60_000);
    expect(calls(api)).toBe(1);
  });
});

describe('useApiKeys, with signals', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const pass = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

  async function listen(api = new FakeApiKeysApi()) {
    const signals = new FakeSignals();
    const hook = setUp(api, signals);
    await pass(0);
    const since = calls(api);
    return { ...hook, api, signals, asked: () => calls(api) - since };
  }

  it('refreshes at once when the keys have changed', async () => {
    const { signals, asked, ids, api } = await listen();
    api.keys = [aKey({ id: 'new' })];
    signals.say('api-keys');
    await pass(1);
    expect(asked()).toBe(1);
    expect(ids()).toEqual(['new']);
  });

  it('refreshes once for a burst of changes, and includes the last', async () => {
    const { signals, asked, ids, api } = await listen();
    for (let i = 0; i < 20; i++) {
      signals.say('api-keys');
      await pass(10);
    }
    expect(asked()).toBe(1);
    api.keys = [aKey({ id: 'last' })];
    signals.say('api-keys');
    await pass(300);
    expect(asked()).toBe(2);
    expect(ids()).toEqual(['last']);
  });

  it('reloads if a signal arrives during a request', async () => {
    const { signals, asked, api } = await listen();
    const release = api.hold('listKeys');
    signals.say('api-keys');
    await pass(1);
    signals.say('api-keys');
    await pass(1000);
    expect(asked()).toBe(1);
    await act(async () => release());
    await pass(0);
    expect(asked()).toBe(2);
  });

  it('polls less often once a signal has arrived', async () => {
    const { signals, asked } = await listen();
    await pass(10_000);
    expect(asked()).toBe(2);
    signals.say('api-keys');
    await pass(1);
    expect(asked()).toBe(3);
    await pass(29_000);
    expect(asked()).toBe(3);
    await pass(1000);
    expect(asked()).toBe(4);
  });

  it('ignores signals while the page is hidden', async () => {
    const { signals, asked } = await listen();
    const visibility = jest.spyOn(document, 'visibilityState', 'get');
    visibility.mockReturnValue('hidden');
    signals.say('api-keys');
    await pass(1000);
    expect(asked()).toBe(0);
    visibility.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    await pass(0);
    expect(asked()).toBe(1);
  });

  it('subscribes once and unsubscribes on unmount', async () => {
    const { signals, asked, rerender, unmount } = await listen();
    rerender({ query: ENDED });
    await pass(0);
    expect(signals.subscriptions).toBe(1);
    signals.say('another-channel');
    await pass(1000);
    expect(asked()).toBe(1);
    signals.say('api-keys');
    unmount();
    await pass(1000);
    signals.say('api-keys');
    await pass(1000);
    expect(asked()).toBe(1);
  });
});
