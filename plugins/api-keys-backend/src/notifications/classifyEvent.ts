import { durationLength } from 'backstage-plugin-api-keys-common';
import { isKnownEvent, KeyEvent, StoredKeyEvent } from '../lifecycle/KeyEvent';

/**
 * Kinds of notifications, each with a template.
 *
 * - `secret-found`: a scanner found the secret, and the key was revoked for it; `leak-reported`: the key works on.
 * - `secret-reused`: a family was revoked since somebody tried to rotate with a rotated-out secret.
 * - `revoked-with`: the key ended with the one that it was made from, or with one of its family that leaked.
 * - `owner-replaced`: somebody else has the owner's name now; `owner-unconfirmed`: the owner has to say whether that is so.
 * - `ending`: the key expires or goes inactive soon, or has expired.
 */
export type NotificationKind =
  | 'created'
  | 'revoked'
  | 'leaked'
  | 'secret-found'
  | 'leak-reported'
  | 'secret-reused'
  | 'revoked-with'
  | 'offboarded'
  | 'owner-replaced'
  | 'owner-unconfirmed'
  | 'shortened-by-policy'
  | 'rotated-out'
  | 'transferred'
  | 'ending';

/** Types of the events that {@link classifyEvent} may return a kind for. */
export const NOTIFIED_EVENT_TYPES = [
  'created',
  'revoked',
  'policy-applied',
  'rotated-key-presented',
  'leak-reported',
  'owner-unconfirmed',
  'transferred',
  'warned',
] as const;

/**
 * Returns the kind of notification that an event calls for, if it does. Owners are not notified of keys that they revoke in person,
 * nor of the parts of a rotation, nor of types of events that only another release knows.
 */
export function classifyEvent(
  event: StoredKeyEvent,
): NotificationKind | undefined {
  if (!isKnownEvent(event)) return undefined;
  switch (event.type) {
    case 'created':
      return event.details.predecessorId ? undefined : 'created';
    case 'revoked':
      return classifyRevocation(event);
    case 'policy-applied':
      return isShortened(event) ? 'shortened-by-policy' : undefined;
    case 'rotated-key-presented':
      return 'rotated-out';
    case 'leak-reported':
      return 'leak-reported';
    case 'owner-unconfirmed':
      return 'owner-unconfirmed';
    case 'transferred':
      return 'transferred';
    case 'warned':
      return 'ending';
    case 'updated':
    case 'rotated':
    case 'first-used':
    case 'kept-alive':
    case 'refused':
    case 'owner-confirmed':
      return undefined;
    default:
      event satisfies never;
      return undefined;
  }
}

type EventOf<T extends KeyEvent['type']> = Extract<KeyEvent, { type: T }>;

function classifyRevocation(
  event: EventOf<'revoked'>,
): NotificationKind | undefined {
  const { actor, owner, details } = event;
  if (details.cause === 'rotated-key-reused') return 'secret-reused';
  if (details.cause === 'secret-scanning') return 'secret-found';
  if (details.cause === 'owner-replaced') return 'owner-replaced';
  if (actor === owner) return undefined;
  if (details.revokedWith !== undefined) {
    return details.reason === 'owner' ? undefined : 'revoked-with';
  }
  switch (details.reason) {
    case 'leaked':
      return 'leaked';
    case 'offboarded':
      // An owner whose keys an admin revokes in person may still be in the catalog.
      return actor ? 'revoked' : 'offboarded';
    case 'admin':
    case 'policy':
      return 'revoked';
    case 'owner':
    case 'rotated':
    case 'superseded':
      return undefined;
    default:
      // A reason of another release.
      details.reason satisfies never;
      return undefined;
  }
}

/** Returns false for a policy that is loosened: it gives back what was requested. */
function isShortened({ details }: EventOf<'policy-applied'>): boolean {
  const { previousExpiresAt, previousInactivityTimeout } = details;
  return (
    isLess(details.expiresAt, previousExpiresAt, Date.parse) ||
    isLess(details.inactivityTimeout, previousInactivityTimeout, durationLength)
  );
}

/** Null is without end. Undefined `before` has not changed. */
function isLess(
  after: string | null,
  before: string | null | undefined,
  parse: (iso: string) => number,
): boolean {
  if (before === undefined || after === null) return false;
  return before === null || parse(after) < parse(before);
}
