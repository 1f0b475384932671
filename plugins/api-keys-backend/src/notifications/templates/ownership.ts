import { DateTime } from 'luxon';
import { ownerKindOf } from 'backstage-plugin-api-keys-common';
import { onDate } from '../format';
import {
  always,
  NotificationTemplate,
  pageOf,
  quoted,
  NotificationKey,
  usage,
} from './template';

/** Key that one user created in another one's name, for example with a stolen session. */
export const created: NotificationTemplate = {
  topic: 'api-key-created',
  severity: always('normal'),
  one: key => ({
    title: `API key ${quoted(key)} was made`,
    description: `${making(key, 'it')}. It ${lifeOf(key)}. ${check(key)} it.`,
    link: pageOf(key),
  }),
  many: (keys, total) => {
    const [first] = keys;
    return {
      title: `${total} API keys were made`,
      description: `${making(first, 'them')}. ${check(first)} them.`,
      link: '/api-keys',
    };
  },
};

/** Notification to the new owner. */
export const transferred: NotificationTemplate = {
  topic: 'api-key-transferred',
  severity: always('normal'),
  one: (key, now) => ({
    title: `API key ${quoted(key)} now belongs to ${key.owner}`,
    description: `${giving(key, 'it')}. ${usage(
      key,
      now,
    )} Whoever had its secret still has it: rotate it, and put the new secret wherever the old one is used.`,
    link: `${pageOf(key)}?do=rotate`,
  }),
  many: (keys, total) => ({
    title: `${total} API keys now belong to ${keys[0].owner}`,
    description: `${giving(
      keys[0],
      'them',
    )}. Whoever had their secrets still has them: rotate them, and put the new secrets wherever the old ones are used.`,
    link: '/api-keys',
  }),
};

function making({ actor, owner, at }: NotificationKey, keys: string): string {
  const maker = actor === owner ? 'You' : actor;
  const forGroup = ownerKindOf(owner) === 'group' ? ` for ${owner}` : '';
  return `${maker} made ${keys}${forGroup} on ${onDate(at)}`;
}

function lifeOf({ details }: NotificationKey): string {
  const { expiresAt } = details;
  return typeof expiresAt === 'string'
    ? `expires on ${onDate(DateTime.fromISO(expiresAt).toMillis())}`
    : 'never expires';
}

function check({ owner }: NotificationKey): string {
  return ownerKindOf(owner) === 'group'
    ? 'If nobody in the group knows why, revoke'
    : 'If that was not you, revoke';
}

function giving(
  { actor, details, owner, at }: NotificationKey,
  keys: string,
): string {
  return `${actor} took ${keys} from ${
    details.from
  } and gave ${keys} to ${owner} on ${onDate(at)}`;
}
