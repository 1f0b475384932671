import { onDate } from '../format';
import {
  always,
  background,
  formFrom,
  keysOf,
  NotificationTemplate,
  quoted,
  quotedWithOwner,
  NotificationKey,
} from './template';

const AFTER_REUSE =
  'Make a new one, put its secret wherever the old ones were used, and find out who had them.';

/** Revocation by an admin. */
export const revoked: NotificationTemplate = {
  topic: 'api-key-revoked',
  severity: always('high'),
  one: (key, now) => ({
    title: `API key ${quoted(key)} was revoked`,
    description: `${key.actor} revoked it on ${onDate(key.at)}. ${background(
      key,
      now,
    )} Make a new one like it if it is still needed.`,
    link: formFrom(key),
  }),
  many: (keys, total) => ({
    title: `${keysOf(keys[0], total)} were revoked`,
    description: `${keys[0].actor} revoked them on ${onDate(
      keys[0].at,
    )}. Make new ones if they are still needed.`,
    link: '/api-keys',
  }),
};

/** Attempt to rotate with a rotated-out secret. The keys are those of its family that still worked. */
export const secretReused: NotificationTemplate = {
  topic: 'api-key-leaked',
  severity: always('critical'),
  one: (key, now) => ({
    title: `API key ${quoted(key)} may be stolen and was revoked`,
    description: `${reuse(key)} ${background(key, now)} ${AFTER_REUSE}`,
    link: formFrom(key),
  }),
  many: (keys, total) => ({
    title: `${keysOf(keys[0], total)} may be stolen and were revoked`,
    description: `${reuse(keys[0])} ${AFTER_REUSE}`,
    link: formFrom(keys[0]),
  }),
};

/** Revocation with the key that created this one for itself, or with a leaked key of its family. */
export const revokedWith: NotificationTemplate = {
  topic: 'api-key-revoked',
  severity: keys =>
    keys.some(({ details }) => details.reason === 'leaked')
      ? 'critical'
      : 'high',
  one: (key, now) => ({
    title: `API key ${quoted(key)} was revoked with another one`,
    description: `${endOfAnother(key)} ${background(
      key,
      now,
    )} Make a new one like it if it is still needed.`,
    link: formFrom(key),
  }),
  many: (keys, total) => ({
    title: `${keysOf(keys[0], total)} were revoked with others`,
    description: `${endOfAnother(
      keys[0],
    )} Make new ones if they are still needed.`,
    link: '/api-keys',
  }),
};

/** Notification to the admins, since the owner has left. */
export const offboarded: NotificationTemplate = {
  topic: 'api-key-offboarded',
  severity: always('normal'),
  one: (key, now) => ({
    title: `API key ${quoted(key)} of ${key.owner} was revoked`,
    description: `The catalog does not know ${key.owner} any more. ${background(
      key,
      now,
    )} If something still needs it, make a key of a group for that.`,
    link: `/api-keys/admin?owner=${encodeURIComponent(key.owner)}`,
  }),
  many: (_, total) => ({
    title: `${total} API keys were revoked, whose owners have left`,
    description:
      'The catalog does not know their owners any more. If something still needs them, make keys of groups for that.',
    link: '/api-keys/admin?status=revoked',
  }),
  name: quotedWithOwner,
};

function endOfAnother({
  at,
  details: { cause, reason },
}: NotificationKey): string {
  if (cause === 'family-leaked') {
    return `Another key of the same rotation leaked and was revoked on ${onDate(
      at,
    )}, and a leak ends all of them.`;
  }
  const why = reason === 'leaked' ? 'leaked and was revoked' : 'was revoked';
  return `A key that had rotated by itself ${why} on ${onDate(
    at,
  )}, and what a key makes of itself ends with it.`;
}

function reuse({ at }: NotificationKey): string {
  return `Somebody tried to rotate with a secret that had been rotated out, on ${onDate(
    at,
  )}. Either that secret or the one that replaced it is in the wrong hands, so neither works any more.`;
}
