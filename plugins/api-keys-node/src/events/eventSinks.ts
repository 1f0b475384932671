import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { API_KEY_EVENT_TYPES } from 'backstage-plugin-api-keys-common';
import { ApiKeyEventPayload } from './topic';

/**
 * A receiver of what happens to API keys, such as a SIEM or a chat.
 *
 * Events are delivered at least once, even if the backend is killed at any moment: they are read from the database that the change
 * itself was committed to, by one replica at a time. An event that was delivered is delivered again only if the process died, or
 * took longer than the signal allows, before that was saved; its `id` is the same then. A sink that is new begins with the next event.
 *
 * @public
 */
export interface ApiKeyEventSink {
  /** Identifies the sink, and where it stands, in the database: lower-case letters, digits and dashes. */
  readonly name: string;

  /** The types of events to deliver; all if left out. */
  readonly eventTypes?: readonly (typeof API_KEY_EVENT_TYPES)[number][];

  /**
   * Delivers events, at most 100 at a time, in the order in which they happened to each key. No other events are delivered to the
   * sink meanwhile. Payloads have no secrets.
   *
   * @param options - `signal` is aborted when the backend stops, and after about 25 seconds
   * @throws any error if events could not be delivered: all of them are delivered again after a pause, which grows up to five minutes,
   *   for a week
   */
  deliver(
    events: readonly ApiKeyEventPayload[],
    options: { signal: AbortSignal },
  ): Promise<void>;
}

/**
 * Takes the {@link ApiKeyEventSink}s of an installation.
 *
 * @public
 */
export interface ApiKeyEventSinkExtensionPoint {
  /** @throws Error for an invalid name or one that is taken, so that the backend does not start */
  addSink(...sinks: ApiKeyEventSink[]): void;
}

/**
 * Extension point of the plugin `api-keys` for modules that send events of keys elsewhere.
 *
 * @public
 */
export const apiKeyEventSinkExtensionPoint =
  createExtensionPoint<ApiKeyEventSinkExtensionPoint>({
    id: 'api-keys.event-sinks',
  });
