import { ApiKeyWarningKind } from 'backstage-plugin-api-keys-common';
import { KeyStore } from '../database/KeyStore';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { StoredKeyEvent } from '../lifecycle/KeyEvent';
import { Delivery, EventSink } from '../outbox/EventSink';
import { UsageRecorder } from '../verification/UsageRecorder';
import { isStillDue, readWarnedEnd } from '../lifecycle/warnedEvent';
import {
  classifyEvent,
  NOTIFIED_EVENT_TYPES,
  NotificationKind,
} from './classifyEvent';
import { collectBatches, CollectedBatch } from './collectBatches';
import { Notifier } from './Notifier';
import { renderBatch } from './renderBatch';

/** Changes that are made in one go, such as the revocation of many keys, are one notification. */
const REST_MS = 1_000;
/** Number of batches whose keys are read at a time, shortly before they are sent. */
const BATCHES_PER_READ = 50;
const KEYS_PER_STATEMENT = 500;
/** Failures of so many different recipients in a row mean that the notifications plugin is down. */
const FAILURES_IN_A_ROW_MAX = 5;

type Keys = ReadonlyMap<string, ApiKeyRecord>;

/**
 * Notifies people of what others do to their keys, and of actions in their own name that may not be theirs. Members of a group
 * are notified of its keys.
 */
export class NotificationSink implements EventSink {
  readonly name = 'notifications';
  readonly eventTypes = NOTIFIED_EVENT_TYPES;
  readonly settleMs: number;
  readonly #restMs: number;

  readonly #keys: Pick<KeyStore, 'findByIds'>;
  readonly #recorder: Pick<UsageRecorder, 'flushKeys'>;
  readonly #notifier: Pick<Notifier, 'send'>;
  readonly #admins: readonly string[];
  readonly #onCreation: boolean;
  readonly #portalUrl: string;
  readonly #onWarned: (count: number, kind: ApiKeyWarningKind) => void;
  readonly #onLost: () => void;

  /** Time at which each pending event was first seen, by event id. */
  #seenAt = new Map<number, number>();
  /** Ids of the first events of batches whose last attempt failed. They are sent last, so that they do not delay others. */
  #failed = new Set<number>();

  /**
   * @param options - `admins` are notified where there is no owner left; links in texts lead to `portalUrl`; `onWarned`
   *   receives the number of warnings that were sent; `onLost` is called for each batch that is given up. A batch is sent when
   *   nothing has happened for `restMs` milliseconds
   */
  constructor(options: {
    keys: Pick<KeyStore, 'findByIds'>;
    recorder: Pick<UsageRecorder, 'flushKeys'>;
    notifier: Pick<Notifier, 'send'>;
    admins: readonly string[];
    onCreation: boolean;
    portalUrl: string;
    restMs?: number;
    onWarned?: (count: number, kind: ApiKeyWarningKind) => void;
    onLost?: () => void;
  }) {
    this.#restMs = options.restMs ?? REST_MS;
    this.settleMs = this.#restMs / 2;
    this.#keys = options.keys;
    this.#recorder = options.recorder;
    this.#notifier = options.notifier;
    this.#admins = options.admins;
    this.#onCreation = options.onCreation;
    this.#portalUrl = options.portalUrl;
    this.#onWarned = options.onWarned ?? (() => {});
    this.#onLost = options.onLost ?? (() => {});
  }

  accepts(event: StoredKeyEvent): boolean {
    const kind = classifyEvent(event);
    return kind !== undefined && this.#recipientsOf(kind, event).length > 0;
  }

  async deliver(
    events: readonly StoredKeyEvent[],
    delivery: Delivery,
  ): Promise<number | undefined> {
    const now = Date.now();
    this.#seenAt = new Map(
      events.map(({ id }) => [id, this.#seenAt.get(id) ?? now]),
    );
    const batches = this.#collect(events);
    const isSettled = ({ settledAt }: CollectedBatch) => settledAt <= now;
    await this.#sendAll(this.#inTurn(batches.filter(isSettled)), delivery);
    const open = batches.filter(batch => !isSettled(batch));
    return open.length > 0
      ? Math.min(...open.map(({ settledAt }) => settledAt))
      : undefined;
  }

  expired(events: readonly StoredKeyEvent[]): void {
    this.#collect(events).forEach(() => this.#onLost());
  }

  #collect(events: readonly StoredKeyEvent[]): CollectedBatch[] {
    return collectBatches(events, {
      restMs: this.#restMs,
      seenAt: ({ id }) => this.#seenAt.get(id) ?? Date.now(),
      recipientsOf: this.#recipientsOf.bind(this),
    });
  }

  #recipientsOf(kind: NotificationKind, { owner }: StoredKeyEvent) {
    if (kind === 'created' && !this.#onCreation) return [];
    // Only admins may learn of an owner who has left.
    const hasLeft = kind === 'offboarded' || kind === 'owner-replaced';
    return hasLeft ? this.#admins : [owner];
  }

  #inTurn(batches: readonly CollectedBatch[]): CollectedBatch[] {
    const hasFailed = (batch: CollectedBatch) => this.#failed.has(idOf(batch));
    const last = batches.filter(hasFailed);
    this.#failed = new Set(last.map(idOf));
    return [...batches.filter(batch => !hasFailed(batch)), ...last];
  }

  /** @throws the first error, after all batches were tried */
  async #sendAll(batches: readonly CollectedBatch[], delivery: Delivery) {
    const errors: unknown[] = [];
    let failuresInARow = 0;
    for (let i = 0; i < batches.length; i += BATCHES_PER_READ) {
      const some = batches.slice(i, i + BATCHES_PER_READ);
      const keys = await this.#findKeys(some);
      for (const batch of some) {
        const isDown = failuresInARow >= FAILURES_IN_A_ROW_MAX;
        if (delivery.signal.aborted || isDown) break;
        try {
          await this.#send(batch, keys, delivery);
          failuresInARow = 0;
          this.#failed.delete(idOf(batch));
        } catch (error) {
          errors.push(error);
          failuresInARow += 1;
          this.#failed.add(idOf(batch));
        }
      }
    }
    if (errors.length > 0) throw errors[0];
  }

  async #findKeys(batches: readonly CollectedBatch[]): Promise<Keys> {
    const ids = [
      ...new Set(
        batches.flatMap(batch => toldEvents(batch).map(({ keyId }) => keyId)),
      ),
    ];
    await this.#recorder.flushKeys(ids);
    const keys: ApiKeyRecord[] = [];
    for (let i = 0; i < ids.length; i += KEYS_PER_STATEMENT) {
      const some = ids.slice(i, i + KEYS_PER_STATEMENT);
      keys.push(...(await this.#keys.findByIds(some)));
    }
    return new Map(keys.map(key => [key.id, key]));
  }

  async #send(batch: CollectedBatch, keys: Keys, { signal, done }: Delivery) {
    const { kind, recipients } = batch;
    const now = Date.now();
    const rest = new Set([...batch.bySubject.values()].flat());
    const events = toldEvents(batch).filter(
      event =>
        kind !== 'ending' || isStillDue(event, keys.get(event.keyId), now),
    );
    const parts =
      events.length > 0
        ? renderBatch(
            { kind, recipients, events, total: events.length },
            { keys, portalUrl: this.#portalUrl, now },
          )
        : [];
    for (const part of parts.slice(0, -1)) {
      if (signal.aborted) return;
      await this.#notifier.send(recipients, part.payload);
      const told = part.events.flatMap(event => eventsOf(batch, event));
      told.forEach(event => rest.delete(event));
      await done(told);
      this.#countWarnings(kind, part.events);
    }
    if (signal.aborted) return;
    const last = parts.at(-1);
    if (last) await this.#notifier.send(recipients, last.payload);
    // Also the events that it only counts.
    await done([...rest]);
    this.#countWarnings(
      kind,
      events.filter(event => rest.has(event)),
    );
  }

  #countWarnings(kind: NotificationKind, events: readonly StoredKeyEvent[]) {
    if (kind !== 'ending') return;
    const counts = new Map<ApiKeyWarningKind, number>();
    for (const event of events) {
      const { kind: end } = readWarnedEnd(event);
      counts.set(end, (counts.get(end) ?? 0) + 1);
    }
    for (const [end, count] of counts) this.#onWarned(count, end);
  }
}

function idOf({ bySubject }: CollectedBatch): number {
  const [[first]] = bySubject.values();
  return first.id;
}

/** Returns the last event of each subject. */
function toldEvents({ bySubject }: CollectedBatch): StoredKeyEvent[] {
  return [...bySubject.values()].map(events => events[events.length - 1]);
}

/** Returns all events of the subject of one event. */
function eventsOf(
  { bySubject }: CollectedBatch,
  { id }: StoredKeyEvent,
): StoredKeyEvent[] {
  for (const events of bySubject.values()) {
    if (events[events.length - 1].id === id) return events;
  }
  return [];
}
