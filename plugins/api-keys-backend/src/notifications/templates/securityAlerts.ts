import { onDate } from '../format';
import {
  always,
  background,
  keysOf,
  NotificationKey,
  NotificationTemplate,
  pageOf,
  quoted,
} from './template';

/** Use of a rotated-out secret. */
export const rotatedOut: NotificationTemplate = {
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
  many: (keys, total) => ({
    title: `The old secrets of ${keysOf(keys[0], total)} are still used`,
    description:
      'They were refused. Either something has not got the new secrets yet, or the old ones are in the wrong hands.',
    link: '/api-keys',
  }),
  name: key => `${quoted(key)} ${whereTo(key)}`,
};

/** Returns the target of the request, such as "to catalog from 192.0.2.1 on 25 Nov 2026 14:00 UTC". */
function whereTo({ at, details: { plugin, ip } }: NotificationKey): string {
  return `to ${plugin}${ip ? ` from ${ip}` : ''} on ${onDate(at)}`;
}
