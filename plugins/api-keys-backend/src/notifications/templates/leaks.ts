import { onDate } from '../format';
import {
  always,
  background,
  formFrom,
  keysOf,
  NotificationTemplate,
  pageOf,
  quoted,
  NotificationKey,
} from './template';

/** The trail holds the whole URL. */
const PLACE_MAX_LENGTH = 300;

const TOPIC = 'api-key-leaked';

/** Leak reported by a holder of the secret, or by an admin. */
export const leaked = ended({
  one: key => `${finder(key)} revoked it on ${onDate(key.at)}`,
  many: key => `${finder(key)} revoked them on ${onDate(key.at)}`,
});

/** Leak reported by a scanner. */
export const secretFound = ended({
  one: key =>
    `A secret scanner found it${placeOf(key)}, so it was revoked on ${onDate(
      key.at,
    )}`,
  many: key =>
    `A secret scanner found them, so they were revoked on ${onDate(key.at)}`,
});

/** Leak reported by a scanner, of keys that keep working. */
export const leakReported: NotificationTemplate = {
  topic: TOPIC,
  severity: always('critical'),
  one: (key, now) => ({
    title: `API key ${quoted(key)} has leaked and is not revoked`,
    description: `A secret scanner found ${foundIn(key)}${placeOf(
      key,
    )}, on ${onDate(key.at)}. ${background(
      key,
      now,
    )} Make a new one, put its secret wherever this one is used, revoke this one, and look at what was done with it.`,
    link: pageOf(key),
  }),
  many: (keys, total) => ({
    title: `${keysOf(keys[0], total)} have leaked and are not revoked`,
    description: `A secret scanner found them, on ${onDate(
      keys[0].at,
    )}. Make new ones, put their secrets wherever these are used, revoke these, and look at what was done with them.`,
    link: '/api-keys',
  }),
};

/** Template for keys that were revoked because they leaked. */
function ended(how: {
  one: (key: NotificationKey) => string;
  many: (key: NotificationKey) => string;
}): NotificationTemplate {
  return {
    topic: TOPIC,
    severity: always('critical'),
    one: (key, now) => ({
      title: `API key ${quoted(key)} has leaked and was revoked`,
      description: `${how.one(key)}. ${background(
        key,
        now,
      )} Make a new one, put its secret wherever the old one was used, and look at what was done with the old one.`,
      link: formFrom(key),
    }),
    many: (keys, total) => ({
      title: `${keysOf(keys[0], total)} have leaked and were revoked`,
      description: `${how.many(
        keys[0],
      )}. Make new ones, put their secrets wherever the old ones were used, and look at what was done with the old ones.`,
      link: '/api-keys',
    }),
  };
}

/** Names the actor. A holder of the secret can revoke the key without signing in. */
function finder({ actor }: NotificationKey): string {
  return actor ?? 'Somebody who has its secret';
}

/** Names the leaked key: one that has ended may have rotated itself, and its successor keeps working. */
function foundIn({ details: { leakedKeyId } }: NotificationKey): string {
  return leakedKeyId === undefined
    ? 'it'
    : 'the old key that it was made from, by rotation without a person,';
}

/** Returns the place of the leak, such as " at https://github.com/…". */
function placeOf({ details: { url } }: NotificationKey): string {
  if (typeof url !== 'string') return '';
  const isLong = url.length > PLACE_MAX_LENGTH;
  return ` at ${isLong ? `${url.slice(0, PLACE_MAX_LENGTH)}…` : url}`;
}
