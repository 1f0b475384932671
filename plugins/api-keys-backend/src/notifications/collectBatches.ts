import { StoredKeyEvent } from '../lifecycle/KeyEvent';
import { classifyEvent, NotificationKind } from './classifyEvent';

/** A batch is sent after this time, also if things go on. */
const REST_AT_MOST_MS = 60_000;

/** Events to notify the same people of, of the same kind and by the same actor. */
export type CollectedBatch = {
  kind: NotificationKind;
  recipients: readonly string[];
  /** By key, or by key and kind of warning: only the last event of each is told. */
  bySubject: Map<string, StoredKeyEvent[]>;
  /** When nothing more is expected for it, in milliseconds since 1970. */
  settledAt: number;
};

/**
 * Collects events into batches, in the order of their first events.
 *
 * @param options - a batch is complete when nothing has happened for `restMs` milliseconds; nobody is notified of events without
 *   recipients
 */
export function collectBatches(
  events: readonly StoredKeyEvent[],
  options: {
    restMs: number;
    /** When this process first saw an event: many that are committed one by one may have the same time. */
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
