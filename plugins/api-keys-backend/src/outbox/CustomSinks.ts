import {
  ApiKeyEventSink,
  ApiKeyEventSinkExtensionPoint,
} from 'backstage-plugin-api-keys-node';
import { withTimeout } from 'backstage-plugin-api-keys-node/internal';
import { StoredKeyEvent } from '../lifecycle/KeyEvent';
import { Delivery, EventSink } from './EventSink';
import { toPayload } from './toPayload';

const NAME = /^[a-z][a-z0-9-]{0,49}$/;
const BATCH_SIZE = 100;
/** Limit for a sink that ignores its signal. */
const DELIVER_TIMEOUT_MS = 30_000;

/** Sinks that modules have registered. */
export class CustomSinks implements ApiKeyEventSinkExtensionPoint {
  readonly #sinks = new Map<string, EventSink>();

  get sinks(): EventSink[] {
    return [...this.#sinks.values()];
  }

  addSink(...sinks: ApiKeyEventSink[]): void {
    for (const sink of sinks) {
      const { name } = sink;
      if (!NAME.test(name)) {
        throw new Error(
          `Invalid name of a sink of API key events: '${name}' must be lower-case letters, digits and dashes, a letter first, at most 50`,
        );
      }
      if (this.#sinks.has(name)) {
        throw new Error(
          `There are two sinks of API key events named '${name}'`,
        );
      }
      this.#sinks.set(name, toEventSink(sink));
    }
  }
}

function toEventSink(sink: ApiKeyEventSink): EventSink {
  return {
    // The prefix avoids conflicts with the names of built-in sinks.
    name: `custom:${sink.name}`,
    eventTypes: sink.eventTypes,
    async deliver(
      events: readonly StoredKeyEvent[],
      { signal, done }: Delivery,
    ) {
      for (let i = 0; i < events.length && !signal.aborted; i += BATCH_SIZE) {
        const batch = events.slice(i, i + BATCH_SIZE);
        const delivered = sink.deliver(batch.map(toPayload), { signal });
        await withTimeout(delivered, DELIVER_TIMEOUT_MS);
        await done(batch);
      }
      return undefined;
    },
  };
}
