import { setImmediate } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import {
  API_KEYS_EVENTS_TOPIC,
  ApiKeyEventPayload,
} from 'backstage-plugin-api-keys-node';
import { KeyListener } from '../database/KeyListener';
import { KeyEvent } from '../lifecycle/KeyEvent';
import { toIsoTime } from '../lifecycle/time';

/** What waits for a slow subscriber is bounded; the trail has all of it. */
const WAITING_MAX = 10_000;
/** Backstage waits for subscribers. One that hangs must not keep the others from hearing of what comes next. */
const PUBLISH_TIMEOUT_MS = 30_000;

/**
 * Tells other plugins what happened to keys, through Backstage's events, in the order in which it was committed here. Best
 * effort: whoever changes a key neither waits nor fails.
 */
export class KeyEventPublisher implements KeyListener {
  readonly #events: Pick<EventsService, 'publish'>;
  readonly #logger: LoggerService;

  readonly #waiting: KeyEvent[] = [];
  #isPublishing = false;
  #isFailing = false;

  constructor(options: {
    events: Pick<EventsService, 'publish'>;
    logger: LoggerService;
  }) {
    this.#events = options.events;
    this.#logger = options.logger;
  }

  eventsAdded(events: readonly KeyEvent[]): void {
    for (const event of events) {
      if (this.#waiting.length < WAITING_MAX) this.#waiting.push(event);
      else this.#warn(new Error('Too many events wait already'));
    }
    if (!this.#isPublishing) void this.#publishAll();
  }

  async #publishAll() {
    this.#isPublishing = true;
    // Subscribers of this process start at once when they are told, and would do so within the request.
    await setImmediate();
    for (
      let event = this.#waiting.shift();
      event;
      event = this.#waiting.shift()
    ) {
      try {
        await this.#publish(toPayload(event));
        this.#isFailing = false;
      } catch (error) {
        this.#warn(error);
      }
    }
    this.#isPublishing = false;
  }

  async #publish(eventPayload: ApiKeyEventPayload) {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      const error = new Error('A subscriber takes too long');
      timer = setTimeout(() => reject(error), PUBLISH_TIMEOUT_MS).unref();
    });
    try {
      const topic = API_KEYS_EVENTS_TOPIC;
      await Promise.race([
        tooLate,
        this.#events.publish({ topic, eventPayload }),
      ]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Once until it works again: the trail has everything. */
  #warn(error: unknown) {
    if (this.#isFailing) return;
    this.#isFailing = true;
    this.#logger.warn(
      'Could not tell other plugins what happened to an API key; the trail of the key has it',
      error instanceof Error ? error : undefined,
    );
  }
}

function toPayload(event: KeyEvent): ApiKeyEventPayload {
  const { id, at, category, type, keyId, owner, actor, details } = event;
  return {
    version: 1,
    id: String(id),
    at: toIsoTime(at),
    category,
    type,
    keyId,
    owner,
    ...(actor !== undefined && { actor }),
    // Subscribers may do with theirs what they like.
    details: structuredClone(details),
  };
}
