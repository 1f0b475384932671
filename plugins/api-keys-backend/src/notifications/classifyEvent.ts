import { durationLength } from 'backstage-plugin-api-keys-common';
import { isKnownEvent, KeyEvent, StoredKeyEvent } from '../lifecycle/KeyEvent';

/**
 * Kinds of notifications, each with a template.
 *
 * - `secret-found`: a scanner found the secret, and the key was revoked for it; `leak-reported`: the key keeps working.
 * - `secret-reused`: a family was revoked because of an attempt to rotate with a rotated-out secret.
 * - `revoked-with`: the key ended with the key that it was created from, or with a leaked key of its family.
 * - `owner-replaced`: another person has the owner's name now; `owner-unconfirmed`: the owner has to confirm that they are the
 *   same person.
 *
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
 * Returns the kind of notification for an event, or undefined for none. Owners are not notified of keys that they revoke in
 * person, of the parts of a rotation, and of event types that only another release knows.
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
      // An admin can revoke the keys of an owner who is still in the catalog.
      return actor ? 'revoked' : 'offboarded';
    case 'admin':
    case 'policy':
      return 'revoked';
    case 'owner':
    case 'rotated':
    case 'superseded':
      return undefined;
    default:
      // Reason written by another release.
      details.reason satisfies never;
      return undefined;
  }
}

/** Returns false for a policy that is loosened: keys get back the time that was requested for them. */
function isShortened({ details }: EventOf<'policy-applied'>): boolean {
  const { previousExpiresAt, previousInactivityTimeout } = details;
  return (
    isLess(details.expiresAt, previousExpiresAt, Date.parse) ||
    isLess(details.inactivityTimeout, previousInactivityTimeout, durationLength)
  );
}

/** Compares limits: null is unlimited, and an undefined `before` has not changed. */
function isLess(
  after: string | null,
  before: string | null | undefined,
  parse: (iso: string) => number,
): boolean {
  if (before === undefined || after === null) return false;
  return before === null || parse(after) < parse(before);
}
