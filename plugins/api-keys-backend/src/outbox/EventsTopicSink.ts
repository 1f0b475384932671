import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { API_KEYS_EVENTS_TOPIC } from 'backstage-plugin-api-keys-node';
import { withTimeout } from 'backstage-plugin-api-keys-node/internal';
import { StoredKeyEvent } from '../lifecycle/KeyEvent';
import { Delivery, EventSink } from './EventSink';
import { toPayload } from './toPayload';

const PUBLISH_TIMEOUT_MS = 25_000;
/** Subscribers in this process receive an event with each attempt, even if it then does not reach the event bus. */
const ATTEMPTS_MAX = 5;

/** Publishes events on the topic of Backstage's events service, in their order. */
export class EventsTopicSink implements EventSink {
  readonly name = 'events-topic';
  readonly #events: Pick<EventsService, 'publish'>;
  readonly #logger: LoggerService;
  #failing = { id: 0, attempts: 0 };

  constructor(options: {
    events: Pick<EventsService, 'publish'>;
    logger: LoggerService;
  }) {
    this.#events = options.events;
    this.#logger = options.logger;
  }

  async deliver(
    events: readonly StoredKeyEvent[],
    { signal, done }: Delivery,
  ): Promise<undefined> {
    for (const event of events) {
      if (signal.aborted) return;
      await this.#publish(event);
      await done([event]);
    }
  }

  /** @throws the error of the events service, for the first attempts */
  async #publish(event: StoredKeyEvent) {
    const settled = this.#start(event).then(
      () => ({ error: undefined }),
      (error: unknown) => ({ error: error ?? 'unknown' }),
    );
    const { error } = await withTimeout(settled, PUBLISH_TIMEOUT_MS).catch(
      // Backstage waits for subscribers. One that hangs must not keep later events from the others.
      () => {
        this.#logger.warn(
          `A subscriber takes longer than ${PUBLISH_TIMEOUT_MS} ms for the event ${event.id} of an API key`,
        );
        return { error: undefined };
      },
    );
    if (error === undefined) return;
    if (!this.#isGivenUp(event)) throw error;
    this.#logger.warn(
      `Gave up publishing the event ${event.id} of an API key: ${error}`,
    );
  }

  async #start(event: StoredKeyEvent): Promise<void> {
    await this.#events.publish({
      topic: API_KEYS_EVENTS_TOPIC,
      eventPayload: toPayload(event),
    });
  }

  #isGivenUp({ id }: StoredKeyEvent): boolean {
    const attempts = this.#failing.id === id ? this.#failing.attempts + 1 : 1;
    this.#failing = { id, attempts };
    return attempts >= ATTEMPTS_MAX;
  }
}
