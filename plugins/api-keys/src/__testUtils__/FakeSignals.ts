import { SignalApi, SignalSubscriber } from '@backstage/plugin-signals-react';

type Listener = (message: any) => void;

/** Backstage's signals, without a connection. */
export class FakeSignals implements SignalApi {
  /** Number of subscriptions so far. */
  subscriptions = 0;
  readonly #listeners = new Map<string, Set<Listener>>();

  subscribe(
    channel: string,
    onMessage: (message: any) => void,
  ): SignalSubscriber {
    this.subscriptions++;
    const listeners = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, listeners.add(onMessage));
    return { unsubscribe: () => listeners.delete(onMessage) };
  }

  /** Something happened. */
  say(channel: string) {
    this.#listeners.get(channel)?.forEach(listener => listener({}));
  }
}
