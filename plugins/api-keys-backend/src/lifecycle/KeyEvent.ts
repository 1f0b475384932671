import {
  API_KEY_EVENT_TYPES,
  ApiKeyAccessRestriction,
  ApiKeyEventCategory,
  ApiKeyEventType,
  ApiKeyRefusalReason,
  ApiKeyRevokedReason,
  ApiKeyRotatedBy,
  ApiKeyWarningKind,
} from 'backstage-plugin-api-keys-common';
import { JsonObject } from '@backstage/types';
import { LeakReport } from './LeakReport';
import { RevocationCause } from './transitions';

type None = Record<string, never>;

type Attempt = { plugin: string; ip?: string; userAgent?: string };

/** The details that this release writes for each type of event. Times and durations are ISO 8601, null is none. */
export type KeyEventDetails = {
  created: {
    name: string;
    expiresAt: string | null;
    inactivityTimeout?: string;
    predecessorId?: string;
    rotatedBy?: ApiKeyRotatedBy;
    accessRestrictions?: ApiKeyAccessRestriction[];
    allowedIps?: string[];
    scopes?: string[];
  };
  updated: {
    name?: string;
    description?: string | null;
    expiresAt?: string | null;
  };
  rotated: { successorId: string; overlapEndsAt: string };
  'first-used': None;
  'kept-alive': None;
  'policy-applied': {
    expiresAt: string | null;
    inactivityTimeout: string | null;
    /** Present if it has changed. */
    previousExpiresAt?: string | null;
    /** Present if it has changed. */
    previousInactivityTimeout?: string | null;
    forbiddenPlugins?: string[];
  };
  warned: { kind: ApiKeyWarningKind; endsAt: string; threshold?: string };
  /** Entity refs. */
  transferred: { from: string; to: string };
  revoked: {
    reason: ApiKeyRevokedReason;
    cause?: RevocationCause;
    /** The id of the key whose revocation ended this one. */
    revokedWith?: string;
  } & Partial<LeakReport>;
  refused: { reason: Exclude<ApiKeyRefusalReason, 'rotated'> } & Attempt;
  /** A sign of a stolen key: the secret of a rotated-out key is presented again. */
  'rotated-key-presented': {
    reason: Extract<ApiKeyRefusalReason, 'rotated'>;
  } & Attempt;
  /** `leakedKeyId` is the key whose secret was found, if this key descends from it. */
  'leak-reported': LeakReport & { leakedKeyId?: string };
  'owner-unconfirmed': None;
  'owner-confirmed': None;
};

/** The category of each type of event; a revocation with a cause is one of security. */
export const EVENT_CATEGORIES: Record<ApiKeyEventType, ApiKeyEventCategory> = {
  created: 'AUDIT',
  updated: 'AUDIT',
  rotated: 'AUDIT',
  'first-used': 'AUDIT',
  'kept-alive': 'AUDIT',
  'policy-applied': 'AUDIT',
  warned: 'AUDIT',
  transferred: 'AUDIT',
  revoked: 'AUDIT',
  refused: 'SECURITY',
  'rotated-key-presented': 'SECURITY',
  'leak-reported': 'SECURITY',
  'owner-unconfirmed': 'SECURITY',
  'owner-confirmed': 'AUDIT',
};

type Stamp = {
  /** Later events have higher ids. */
  id: number;
  /** Milliseconds since 1970. */
  at: number;
  category: ApiKeyEventCategory;
  keyId: string;
  /** Entity ref. */
  owner: string;
  /** Entity ref of the user or service that caused the event. */
  actor?: string;
};

/** Something that happened to a key. */
export type KeyEvent = {
  [T in ApiKeyEventType]: Stamp & { type: T; details: KeyEventDetails[T] };
}[ApiKeyEventType];

/** An event as it is stored, perhaps by a release that knows other types, or other details of a type. */
export type StoredKeyEvent = Stamp & { type: string; details: JsonObject };

/** An event to be written, before its key, owner and time are added. */
export type KeyEventDraft = {
  [T in ApiKeyEventType]: {
    type: T;
    actor?: string;
    details: KeyEventDetails[T];
    /** Defaults to the category of the type. */
    category?: ApiKeyEventCategory;
  };
}[ApiKeyEventType];

/** A draft with its key, owner and time. */
export type PlacedKeyEvent = KeyEventDraft &
  Pick<Stamp, 'keyId' | 'owner' | 'at'>;

/** A security event that is recorded only once for each value of `once`, by the first replica. */
export type SecurityEventDraft = PlacedKeyEvent & { once: string };

/** Returns true for an event of a type that this release writes. */
export function isKnownEvent(event: StoredKeyEvent): event is KeyEvent {
  return API_KEY_EVENT_TYPES.some(type => type === event.type);
}
