import { durationLength } from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';
import { JsonValue } from '@backstage/types';
import { DAY } from '../../lifecycle/time';
import { inWords, onDate } from '../format';
import {
  background,
  keysOf,
  NotificationKey,
  NotificationTemplate,
  pageOf,
  quoted,
} from './template';

/** An end within this time is urgent, in milliseconds. */
const URGENT = DAY;

/** Policy that shortens the lifetime or the inactivity timeout of keys. */
export const shortenedByPolicy: NotificationTemplate = {
  topic: 'api-key-cut-short',
  severity: (keys, now) =>
    keys.some(key => endOf(key) - now < URGENT) ? 'high' : 'normal',
  one: (key, now) => ({
    title: `API key ${quoted(key)} ends sooner`,
    description: `By the policy of this portal, it ${limits(
      key,
      now,
    )}. ${background(key, now)}`,
    link: pageOf(key),
  }),
  many: (keys, total) => ({
    title: `${keysOf(keys[0], total)} end sooner`,
    description: 'By the policy of this portal, they end sooner than they did.',
    link: '/api-keys',
  }),
  name: (key, now) => `${quoted(key)} ${limits(key, now)}`,
};

function endOf({ details: { expiresAt } }: NotificationKey): number {
  return typeof expiresAt === 'string'
    ? DateTime.fromISO(expiresAt).toMillis()
    : Infinity;
}

/** Describes the limits of a key's life that have changed. */
function limits(key: NotificationKey, now: number): string {
  const { previousExpiresAt, previousInactivityTimeout, inactivityTimeout } =
    key.details;
  const end = endOf(key);
  return [
    previousExpiresAt !== undefined &&
      end !== Infinity &&
      `${end > now ? 'now expires' : 'expired'} on ${onDate(end)}`,
    previousInactivityTimeout !== undefined &&
      inactivityTimeout &&
      `stops working after ${duration(inactivityTimeout)} without use`,
  ]
    .filter(Boolean)
    .join(' and ');
}

function duration(iso: JsonValue): string {
  return inWords(durationLength(String(iso)));
}
