import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { StoredKeyEvent } from '../lifecycle/KeyEvent';
import { NotificationKind } from './classifyEvent';
import { lastUse } from './format';
import { NotificationPayload } from './Notifier';
import { splitList } from './splitList';
import { ending } from './templates/endings';
import { ownerReplaced, ownerUnconfirmed } from './templates/identities';
import { leaked, leakReported, secretFound } from './templates/leaks';
import { created, transferred } from './templates/ownership';
import { shortenedByPolicy } from './templates/policyChanges';
import {
  offboarded,
  revoked,
  revokedWith,
  secretReused,
} from './templates/revocations';
import { rotatedOut } from './templates/securityAlerts';
import {
  NotificationKey,
  NotificationTemplate,
  quoted,
  Text,
} from './templates/template';

const TEMPLATES: Record<NotificationKind, NotificationTemplate> = {
  created,
  revoked,
  leaked,
  'secret-found': secretFound,
  'leak-reported': leakReported,
  'secret-reused': secretReused,
  'revoked-with': revokedWith,
  offboarded,
  'owner-replaced': ownerReplaced,
  'owner-unconfirmed': ownerUnconfirmed,
  'shortened-by-policy': shortenedByPolicy,
  'rotated-out': rotatedOut,
  transferred,
  ending,
};

/** Keys beyond this number are only counted. */
const NAMED_MAX = 400;

/** Events in one notification, each of another key. */
export type NotificationBatch = {
  kind: NotificationKind;
  /** Entity refs. */
  recipients: readonly string[];
  /** At least one. */
  events: readonly StoredKeyEvent[];
  /** Number of events, including those that are not listed. */
  total: number;
};

/** Keys of events, as far as they still exist. */
export type KeysById = ReadonlyMap<
  string,
  Pick<ApiKeyRecord, 'name' | 'lastUsedAt' | 'lastUsedIp'>
>;

/** Notification, and the events that it names. */
export type NotificationPart = {
  payload: NotificationPayload;
  events: readonly StoredKeyEvent[];
};

/**
 * Renders the notifications of a batch. Each key is listed with its last use and its link, so that many keys take several
 * notifications.
 *
 * @param context - links in texts lead to `portalUrl`
 */
export function renderBatch(
  { kind, events, total }: NotificationBatch,
  context: { keys: KeysById; portalUrl: string; now: number },
): NotificationPart[] {
  const { portalUrl, now } = context;
  const template = TEMPLATES[kind];
  const keys = events.map(event => toNotificationKey(event, context.keys));
  if (template.compare) keys.sort(template.compare);
  const partOf = (
    part: readonly NotificationKey[],
    text: Text,
  ): NotificationPart => ({
    payload: {
      ...text,
      topic: template.topic,
      severity: template.severity(part, now),
      // The notifications plugin updates a notification with this scope instead of adding another one. The lowest id is the
      // same if a batch is repeated together with later events that sort first.
      scope: `api-keys:event:${Math.min(...part.map(({ id }) => id))}`,
    },
    events: part,
  });
  if (total === 1) return [partOf(keys, template.one(keys[0], now))];

  const { title, description: about, link } = template.many(keys, total, now);
  const parts = splitList(keys.slice(0, NAMED_MAX), {
    title,
    about,
    total,
    link: `${portalUrl}${link}`,
    lineOf: key => {
      const name = template.name?.(key, now) ?? quoted(key);
      const keyLink = `${portalUrl}${template.one(key, now).link}`;
      return `${name}, ${lastUse(key, now)}: ${keyLink}`;
    },
  });
  return parts.map(part =>
    partOf(part.items, {
      title: part.title,
      description: part.description,
      link,
    }),
  );
}

function toNotificationKey(
  event: StoredKeyEvent,
  keys: KeysById,
): NotificationKey {
  const key = keys.get(event.keyId);
  return {
    ...event,
    name: key?.name ?? event.keyId,
    lastUsedAt: key?.lastUsedAt,
    lastUsedIp: key?.lastUsedIp,
  };
}
