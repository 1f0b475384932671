import { StoredKeyEvent } from '../lifecycle/KeyEvent';
import { classifyEvent, NotificationKind } from './classifyEvent';

/** A batch is sent after this time even if events keep coming. */
const REST_AT_MOST_MS = 60_000;

/** Events of the same kind and by the same actor, for the same recipients. */
export type CollectedBatch = {
  kind: NotificationKind;
  recipients: readonly string[];
  /** By key, or by key and kind of warning: the notification names only the last event of each. */
  bySubject: Map<string, StoredKeyEvent[]>;
  /** Time at which the batch is complete, in milliseconds since 1970. */
  settledAt: number;
};

/**
 * Collects events into batches, in the order of their first events.
 *
 * @param options - a batch is complete when nothing has happened for `restMs` milliseconds; events without recipients are in no
 *   batch
 */
export function collectBatches(
  events: readonly StoredKeyEvent[],
  options: {
    restMs: number;
    /** Returns when this process first saw an event: many events that are committed one by one may have the same time. */
    seenAt: (event: StoredKeyEvent) => number;
    recipientsOf: (
      kind: NotificationKind,
      event: StoredKeyEvent,
    ) => readonly string[];
  },
): CollectedBatch[] {
  const { restMs, seenAt, recipientsOf } = options;
  const batches = new Map<string, CollectedBatch & { firstAt: number }>();
  for (const event of events) {
    const kind = classifyEvent(event);
    const recipients = kind ? recipientsOf(kind, event) : [];
    if (!kind || recipients.length === 0) continue;
    const { actor, details, keyId } = event;
    const at = seenAt(event);
    const id = JSON.stringify([kind, recipients, actor, details.from]);
    const batch = batches.get(id) ?? {
      kind,
      recipients,
      bySubject: new Map(),
      firstAt: at,
      settledAt: 0,
    };
    batches.set(id, batch);
    batch.settledAt = Math.max(
      batch.settledAt,
      Math.min(at + restMs, batch.firstAt + REST_AT_MOST_MS),
    );
    const subject = kind === 'ending' ? `${keyId} ${details.kind}` : keyId;
    const ofSubject = batch.bySubject.get(subject);
    if (ofSubject) ofSubject.push(event);
    else batch.bySubject.set(subject, [event]);
  }
  return [...batches.values()];
}
