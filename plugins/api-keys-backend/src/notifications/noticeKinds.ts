import { durationLength } from 'backstage-plugin-api-keys-common';
import { KeyEvent } from '../lifecycle/KeyEvent';

/**
 * What is told at once. `found` is a key that was revoked since a scanner found its secret, `leak-reported` one that works on.
 * `reused` is a family that was revoked since somebody tried to rotate with a rotated-out secret, `revoked-with` a key that ended with
 * another one: with the one that made it of itself, or with one of its family that leaked. `owner-replaced` was revoked since somebody
 * else has the owner's name, and of `owner-unconfirmed` the owner has to say whether that is so.
 */
export type NoticeKind =
  | 'created'
  | 'revoked'
  | 'leaked'
  | 'found'
  | 'leak-reported'
  | 'reused'
  | 'revoked-with'
  | 'offboarded'
  | 'owner-replaced'
  | 'owner-unconfirmed'
  | 'cut-short'
  | 'rotated-out'
  | 'transferred';

/** What happened to keys, to be told as one. */
export type NoticeMatter = {
  kind: NoticeKind;
  /** Entity refs. */
  recipients: readonly string[];
  /** Those that are not told yet, each of another key; one at least. */
  events: readonly KeyEvent[];
  /** How many keys it happened to that are not told yet. */
  total: number;
};

/**
 * What is to be told of an event, if anything is. Owners are told neither of revoking keys in person nor of what is part of a
 * rotation.
 */
export function noticeKindOf(event: KeyEvent): NoticeKind | undefined {
  switch (event.type) {
    case 'created':
      return event.details.predecessorId ? undefined : 'created';
    case 'revoked':
      return revocationKindOf(event);
    case 'policy-applied':
      return isCutShort(event) ? 'cut-short' : undefined;
    case 'rotated-key-presented':
      return 'rotated-out';
    case 'leak-reported':
      return 'leak-reported';
    case 'owner-unconfirmed':
      return 'owner-unconfirmed';
    case 'transferred':
      return 'transferred';
    case 'updated':
    case 'rotated':
    case 'first-used':
    case 'kept-alive':
    case 'warned':
    case 'refused':
    case 'owner-confirmed':
      return undefined;
    default:
      event satisfies never;
      return undefined;
  }
}

type EventOf<T extends KeyEvent['type']> = Extract<KeyEvent, { type: T }>;

function revocationKindOf(event: EventOf<'revoked'>): NoticeKind | undefined {
  const { actor, owner, details } = event;
  if (details.cause === 'rotated-key-reused') return 'reused';
  if (details.cause === 'secret-scanning') return 'found';
  if (details.cause === 'owner-replaced') return 'owner-replaced';
  if (actor === owner) return undefined;
  if (details.revokedWith !== undefined) {
    return details.reason === 'owner' ? undefined : 'revoked-with';
  }
  switch (details.reason) {
    case 'leaked':
      return 'leaked';
    case 'offboarded':
      // Whom an admin takes it from in person may still be there.
      return actor ? 'revoked' : 'offboarded';
    case 'admin':
    case 'policy':
      return 'revoked';
    case 'owner':
    case 'rotated':
    case 'superseded':
      return undefined;
    default:
      details.reason satisfies never;
      return undefined;
  }
}

/** A policy that is loosened gives back what was asked for, which nobody needs to be told. */
function isCutShort({ details }: EventOf<'policy-applied'>): boolean {
  const { previousExpiresAt, previousInactivityTimeout } = details;
  return (
    isLess(details.expiresAt, previousExpiresAt, Date.parse) ||
    isLess(details.inactivityTimeout, previousInactivityTimeout, durationLength)
  );
}

/** Null is without end. Undefined `before` is what has not changed. */
function isLess(
  after: string | null,
  before: string | null | undefined,
  parse: (iso: string) => number,
): boolean {
  if (before === undefined || after === null) return false;
  return before === null || parse(after) < parse(before);
}
