import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiKeyStore } from '../database/ApiKeyStore';
import { KeyListener } from '../database/KeyListener';
import { KeyEvent } from '../lifecycle/KeyEvent';
import { UseRecorder } from '../verification/UseRecorder';
import { noticesFor } from './noticesFor';
import { noticeKindOf, NoticeKind, NoticeMatter } from './noticeKinds';
import { NoticeQueue } from './NoticeQueue';
import { Notifier } from './Notifier';

/** What happens in one go, such as the revocation of many keys, is told at once when nothing has come on top for so long. */
const REST_MS = 1_000;
const REST_AT_MOST_MS = 60_000;
/** More do not fit into as many notices as are sent of one matter. */
const NAMED_MAX = 400;
/** Over everybody; what comes on top is only counted. */
const COLLECTED_MAX = 10_000;

/** What is being collected; the events are by key. */
type Collection = Pick<NoticeMatter, 'kind' | 'recipients'> & {
  events: Map<string, KeyEvent>;
  /** How many more keys there are. */
  more: number;
  since: number;
  timer?: NodeJS.Timeout;
};

/**
 * Tells owners what happens to their keys, when it has happened, as far as they did not do it themselves or ought to know that it
 * was done in their name. A group's keys are their members' matter.
 *
 * Whoever changes a key neither waits nor fails. It is best effort: what is not sent when the process dies is lost.
 */
export class KeyNotices implements KeyListener {
  readonly #keys: Pick<ApiKeyStore, 'findByIds'>;
  readonly #recorder: Pick<UseRecorder, 'flushKeys'>;
  readonly #notifier: Pick<Notifier, 'send'>;
  readonly #admins: readonly string[];
  readonly #onCreation: boolean;
  readonly #portalUrl: string;
  readonly #queue: NoticeQueue<NoticeMatter>;

  readonly #collections = new Map<string, Collection>();
  #collected = 0;

  /**
   * @param options - `admins` are told what there is no owner left for, `portalUrl` is where links in texts lead, `onLost` is called for each
   *   notice that is given up
   */
  constructor(options: {
    keys: Pick<ApiKeyStore, 'findByIds'>;
    recorder: Pick<UseRecorder, 'flushKeys'>;
    notifier: Pick<Notifier, 'send'>;
    logger: LoggerService;
    admins: readonly string[];
    onCreation: boolean;
    portalUrl: string;
    onLost?: () => void;
  }) {
    this.#keys = options.keys;
    this.#recorder = options.recorder;
    this.#notifier = options.notifier;
    this.#admins = options.admins;
    this.#onCreation = options.onCreation;
    const { logger, onLost } = options;
    this.#portalUrl = options.portalUrl;
    this.#queue = new NoticeQueue({
      send: this.#send.bind(this),
      sizeOf: ({ events }) => events.length,
      logger,
      onLost,
    });
  }

  eventsAdded(events: readonly KeyEvent[]): void {
    for (const event of events) {
      const kind = noticeKindOf(event);
      if (!kind || (kind === 'created' && !this.#onCreation)) continue;
      const recipients = this.#recipientsOf(kind, event);
      if (recipients.length > 0) this.#collect(kind, recipients, event);
    }
  }

  /** Tells at once what is being collected. */
  async stop(): Promise<void> {
    for (const id of this.#collections.keys()) this.#close(id);
    await this.#queue.stop();
  }

  #recipientsOf(kind: NoticeKind, { owner }: KeyEvent): readonly string[] {
    // Of who is not there any more, nobody else must hear.
    const hasLeft = kind === 'offboarded' || kind === 'owner-replaced';
    return hasLeft ? this.#admins : [owner];
  }

  #collect(kind: NoticeKind, recipients: readonly string[], event: KeyEvent) {
    const from = event.type === 'transferred' ? event.details.from : undefined;
    // What is told as one was done to the same people by the same one.
    const id = JSON.stringify([kind, recipients, event.actor, from]);
    const collection =
      this.#collections.get(id) ?? this.#open(id, { kind, recipients });
    this.#add(collection, event);
    clearTimeout(collection.timer);
    const rest = Math.min(
      REST_MS,
      collection.since + REST_AT_MOST_MS - Date.now(),
    );
    collection.timer = setTimeout(() => this.#close(id), rest).unref();
  }

  #open(
    id: string,
    about: Pick<Collection, 'kind' | 'recipients'>,
  ): Collection {
    const [eldest] = this.#collections.keys();
    if (this.#collected >= COLLECTED_MAX) this.#close(eldest);
    const events = new Map<string, KeyEvent>();
    const collection = { ...about, events, more: 0, since: Date.now() };
    this.#collections.set(id, collection);
    return collection;
  }

  #add(collection: Collection, event: KeyEvent) {
    const { events } = collection;
    const isNew = !events.has(event.keyId);
    if (isNew && this.#collected >= COLLECTED_MAX) {
      collection.more += 1;
      return;
    }
    if (isNew) this.#collected += 1;
    events.set(event.keyId, event);
  }

  #close(id: string) {
    const { kind, recipients, events, more, timer } =
      this.#collections.get(id)!;
    clearTimeout(timer);
    this.#collections.delete(id);
    this.#collected -= events.size;
    this.#queue.add({
      kind,
      recipients,
      events: [...events.values()].slice(0, NAMED_MAX),
      total: events.size + more,
    });
  }

  async #send(matter: NoticeMatter): Promise<void> {
    const ids = matter.events.map(({ keyId }) => keyId);
    await this.#recorder.flushKeys(ids);
    const parts = noticesFor(matter, {
      keys: await this.#keys.findByIds(ids),
      portalUrl: this.#portalUrl,
      now: Date.now(),
    });
    for (const { notice, events } of parts) {
      await this.#notifier.send(matter.recipients, notice);
      // What is sent is not sent once more when a later part fails.
      matter.events = matter.events.slice(events.length);
      matter.total -= events.length;
    }
  }
}
