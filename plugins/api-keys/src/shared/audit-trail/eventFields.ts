import {
  API_KEY_EVENT_TYPES,
  ApiKeyAccessRestriction,
  ApiKeyEvent,
  ApiKeyEventType,
} from 'backstage-plugin-api-keys-common';

type Details = ApiKeyEvent['details'];

/** Format of an event detail. */
export type EventDetailKind =
  | 'key'
  | 'time'
  | 'duration'
  | 'reason'
  | 'cause'
  | 'rotatedBy'
  | 'warning'
  | 'scanner'
  | 'restrictions'
  | 'list'
  | 'text';

const KINDS = {
  name: 'text',
  description: 'text',
  expiresAt: 'time',
  inactivityTimeout: 'duration',
  previousExpiresAt: 'time',
  previousInactivityTimeout: 'duration',
  predecessorId: 'key',
  rotatedBy: 'rotatedBy',
  revokedWith: 'key',
  leakedKeyId: 'key',
  successorId: 'key',
  overlapEndsAt: 'time',
  reason: 'reason',
  cause: 'cause',
  kind: 'warning',
  endsAt: 'time',
  threshold: 'duration',
  from: 'text',
  to: 'text',
  accessRestrictions: 'restrictions',
  allowedIps: 'list',
  scopes: 'list',
  forbiddenPlugins: 'list',
  plugin: 'text',
  ip: 'text',
  userAgent: 'text',
  scanner: 'scanner',
  // Not a link, since the URL is untrusted.
  url: 'text',
  source: 'text',
} as const satisfies Record<string, EventDetailKind>;

/** Known fields of event details. */
export type KnownEventField = keyof typeof KINDS;

/** A field of the details of an event. */
export type EventDetail = {
  field: string;
  known?: { field: KnownEventField; kind: EventDetailKind };
  /** `null` for a value that was removed or never set. */
  value: string | null;
  /** Set for fields that are access restrictions. */
  restrictions?: ApiKeyAccessRestriction[];
};

/** Formats the details of an event. Unknown fields are kept as they are. */
export function eventDetails(details: Details): EventDetail[] {
  return Object.entries(details).map(([field, value]) => {
    const other = { field, value: asText(value) };
    if (!isKnown(field)) return other;
    const known = { field, kind: KINDS[field] };
    if (known.kind === 'list' && isTexts(value)) {
      return { field, known, value: value.join(', ') };
    }
    if (known.kind === 'restrictions' && isRestrictions(value)) {
      return { ...other, known, restrictions: value };
    }
    const isPlain = typeof value === 'string' || value === null;
    return isPlain ? { field, known, value } : other;
  });
}

/** Returns the name of the key at the time of the event, if recorded. */
export function nameIn({ details }: ApiKeyEvent): string | undefined {
  return typeof details.name === 'string' ? details.name : undefined;
}

type Author = 'named' | 'portal' | 'holder' | 'unknown';

/** The author of an event without an actor, by its type. */
const UNNAMED_AUTHORS: Record<ApiKeyEventType, Author> = {
  created: 'unknown',
  updated: 'unknown',
  rotated: 'unknown',
  'first-used': 'unknown',
  'kept-alive': 'unknown',
  'policy-applied': 'portal',
  warned: 'portal',
  transferred: 'unknown',
  revoked: 'portal',
  refused: 'holder',
  'rotated-key-presented': 'holder',
  'leak-reported': 'portal',
  'owner-unconfirmed': 'unknown',
  'owner-confirmed': 'unknown',
};

/** Returns who caused an event: a named actor, the portal itself, a holder of the secret, or unknown. */
export function authorOf(event: ApiKeyEvent): Author {
  const { actor, type, details } = event;
  if (actor !== null) return 'named';
  // Without actor and cause, only a holder of the secret can have revoked the key.
  const byHolder =
    type === 'revoked' && details.reason === 'leaked' && !details.cause;
  if (byHolder) return 'holder';
  const known = API_KEY_EVENT_TYPES.find(each => each === type);
  return known ? UNNAMED_AUTHORS[known] : 'unknown';
}

function isKnown(field: string): field is KnownEventField {
  return Object.hasOwn(KINDS, field);
}

function asText(value: Details[string]): string {
  return typeof value === 'string' ? value : JSON.stringify(value) ?? '';
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string');
}

/** Events can be from older or newer versions. */
function isRestrictions(value: unknown): value is ApiKeyAccessRestriction[] {
  return (
    Array.isArray(value) &&
    value.every(
      each =>
        typeof each?.plugin === 'string' &&
        (each.permission === undefined || isTexts(each.permission)) &&
        (each.permissionAttribute === undefined ||
          isTexts(each.permissionAttribute?.action)),
    )
  );
}
