import { TestApiProvider } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { act, renderHook, waitFor } from '@testing-library/react';
import { PropsWithChildren } from 'react';
import { FakeSignals } from '../../__testUtils__/FakeSignals';
import { useResource } from './useResource';

/** Something to load whose answers the test gives. */
function aSource() {
  const answers: {
    resolve: (value: string) => void;
    reject: (e: Error) => void;
  }[] = [];
  const load = jest.fn(
    () =>
      new Promise<string>((resolve, reject) => {
        answers.push({ resolve, reject });
      }),
  );
  return { load, answers };
}

const signals = new FakeSignals();
const wrapper = ({ children }: PropsWithChildren<{}>) => (
  <TestApiProvider apis={[[signalApiRef, signals]]}>{children}</TestApiProvider>
);

describe('useResource', () => {
  it('keeps its value after a failed refresh', async () => {
    const { load, answers } = aSource();
    const { result } = renderHook(() => useResource(load), { wrapper });
    expect(result.current).toMatchObject({
      value: undefined,
      error: undefined,
    });
    await act(async () => answers[0].resolve('first'));
    expect(result.current.value).toBe('first');

    const refreshed = act(() => result.current.refresh());
    answers[1].reject(new Error('away'));
    await refreshed;
    expect(result.current).toMatchObject({
      value: 'first',
      error: expect.objectContaining({ message: 'away' }),
    });
  });

  it('ignores a response that a later one has overtaken', async () => {
    const { load, answers } = aSource();
    const { result } = renderHook(() => useResource(load), { wrapper });
    act(() => {
      result.current.refresh();
    });
    await act(async () => answers[1].resolve('new'));
    await act(async () => answers[0].resolve('old'));
    expect(result.current.value).toBe('new');
  });

  it('drops the value when something else is loaded', async () => {
    const one = aSource();
    const other = aSource();
    const { result, rerender } = renderHook(({ load }) => useResource(load), {
      initialProps: { load: one.load },
      wrapper,
    });
    await act(async () => one.answers[0].resolve('one'));
    rerender({ load: other.load });
    expect(result.current.value).toBeUndefined();
    await act(async () => other.answers[0].reject(new Error('away')));
    expect(result.current).toMatchObject({
      value: undefined,
      error: expect.any(Error),
    });
  });

  it('does not poll during a request', async () => {
    const { load, answers } = aSource();
    renderHook(() => useResource(load), { wrapper });
    act(() => {
      window.dispatchEvent(new Event('focus'));
    });
    expect(load).toHaveBeenCalledTimes(1);
    await act(async () => answers[0].resolve('first'));
    act(() => {
      window.dispatchEvent(new Event('focus'));
    });
    await waitFor(() => expect(load).toHaveBeenCalledTimes(2));
  });

  it('reloads on a signal during a request, whose response can be older', async () => {
    const { load, answers } = aSource();
    const { result } = renderHook(() => useResource(load, 'news'), { wrapper });
    act(() => signals.say('news'));
    await waitFor(() => expect(load).toHaveBeenCalledTimes(2));
    await act(async () => answers[0].resolve('old'));
    await act(async () => answers[1].resolve('new'));
    expect(result.current.value).toBe('new');
  });
});
