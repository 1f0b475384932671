import { TestApiProvider } from '@backstage/frontend-test-utils';
import { renderHook, waitFor } from '@testing-library/react';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import { aKey } from '../../__testUtils__/keys';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { useUsage } from './useUsage';

const usedKey = (id: string, useCount = 1) => aKey({ id, useCount });
const use = (keyId: string, uses = 1) => ({ keyId, day: '2026-06-15', uses });

function setUp(api: FakeApiKeysApi, keys = api.keys) {
  const hook = renderHook(props => useUsage(props.keys), {
    initialProps: { keys },
    wrapper: ({ children }) => (
      <TestApiProvider apis={[[apiKeysApiRef, api]]}>
        {children}
      </TestApiProvider>
    ),
  });
  const asked = () => api.callsOf('listUsage').map(([ids]) => ids as string[]);
  return { ...hook, usage: () => hook.result.current, asked };
}

describe('useUsage', () => {
  it('loads the usage of used keys in one request', async () => {
    const api = new FakeApiKeysApi([usedKey('a'), aKey(), usedKey('b')]);
    api.uses = [use('a'), use('b', 7)];
    const { usage, asked, rerender } = setUp(api);
    await waitFor(() => expect(usage().get('b')).toEqual([use('b', 7)]));
    expect(usage().get('a')).toEqual([use('a')]);
    expect(api.callsOf('listUsage')).toEqual([[['a', 'b'], { days: 30 }]]);
    // A refresh makes other objects of the same keys.
    rerender({ keys: api.keys.map(key => ({ ...key })) });
    expect(asked()).toHaveLength(1);
  });

  it('reloads the usage of a key that was used since', async () => {
    const api = new FakeApiKeysApi([usedKey('a'), usedKey('b')]);
    api.uses = [use('a'), use('b')];
    const { usage, asked, rerender } = setUp(api);
    await waitFor(() => expect(usage().size).toBe(2));
    api.uses = [use('a'), use('b', 2)];
    rerender({ keys: [usedKey('a'), usedKey('b', 2)] });
    await waitFor(() => expect(usage().get('b')).toEqual([use('b', 2)]));
    expect(asked()).toEqual([['a', 'b'], ['b']]);
    expect(usage().get('a')).toEqual([use('a')]);
  });

  it('loads the usage of a key after its first use', async () => {
    const { usage } = setUp(new FakeApiKeysApi([usedKey('a')]));
    await waitFor(() => expect(usage().get('a')).toEqual([]));
  });

  it('limits the number of keys in a request', async () => {
    const keys = Array.from({ length: 230 }, (_, i) => usedKey(`k${i}`));
    const { usage, asked } = setUp(new FakeApiKeysApi(keys));
    await waitFor(() => expect(usage().size).toBe(230));
    expect(asked().map(ids => ids.length)).toEqual([100, 100, 30]);
  });

  it('ignores errors', async () => {
    const api = new FakeApiKeysApi([usedKey('a')]);
    api.fail('listUsage', new Error('The database is away'));
    const { usage, asked, rerender } = setUp(api);
    await waitFor(() => expect(asked()).toHaveLength(1));
    rerender({ keys: [usedKey('a')] });
    expect(usage().size).toBe(0);
    expect(asked()).toHaveLength(1);
  });
});
