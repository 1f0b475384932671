import { durationLength } from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';
import { JsonValue } from '@backstage/types';
import { DAY } from '../../lifecycle/time';
import { inWords, onDate } from '../words';
import {
  always,
  background,
  keysOf,
  NoticeWords,
  pageOf,
  quoted,
  ToldKey,
} from './toldKeys';

/** What ends sooner cannot wait. */
const URGENT = DAY;

/** By a policy that gives keys less than they had. */
export const cutShort: NoticeWords = {
  topic: 'api-key-cut-short',
  severity: (told, now) =>
    told.some(key => endOf(key) - now < URGENT) ? 'high' : 'normal',
  one: (key, now) => ({
    title: `API key ${quoted(key)} ends sooner`,
    description: `By the policy of this portal, it ${limits(
      key,
      now,
    )}. ${background(key, now)}`,
    link: pageOf(key),
  }),
  many: (told, total) => ({
    title: `${keysOf(told[0], total)} end sooner`,
    description: 'By the policy of this portal, they end sooner than they did.',
    link: '/api-keys',
  }),
  name: (key, now) => `${quoted(key)} ${limits(key, now)}`,
};

/** A secret that was rotated out comes back. */
export const rotatedOut: NoticeWords = {
  topic: 'api-key-rotated-out-used',
  severity: always('high'),
  one: (key, now) => ({
    title: `The old secret of API key ${quoted(key)} is still used`,
    description: `It was presented ${whereTo(
      key,
    )}, and refused. Either something has not got the new secret yet, or the old one is in the wrong hands. ${background(
      key,
      now,
    )}`,
    link: pageOf(key),
  }),
  many: (told, total) => ({
    title: `The old secrets of ${keysOf(told[0], total)} are still used`,
    description:
      'They were refused. Either something has not got the new secrets yet, or the old ones are in the wrong hands.',
    link: '/api-keys',
  }),
  name: key => `${quoted(key)} ${whereTo(key)}`,
};

function endOf({ details: { expiresAt } }: ToldKey): number {
  return typeof expiresAt === 'string'
    ? DateTime.fromISO(expiresAt).toMillis()
    : Infinity;
}

/** What has changed of how long a key lives. */
function limits(key: ToldKey, now: number): string {
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

/** Such as "to catalog from 192.0.2.1 on 25 Nov 2026 14:00 UTC". */
function whereTo({ at, details: { plugin, ip } }: ToldKey): string {
  return `to ${plugin}${ip ? ` from ${ip}` : ''} on ${onDate(at)}`;
}
