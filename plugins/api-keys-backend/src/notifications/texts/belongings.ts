import { DateTime } from 'luxon';
import { ownerKindOf } from 'backstage-plugin-api-keys-common';
import { onDate } from '../words';
import {
  always,
  NoticeWords,
  pageOf,
  quoted,
  ToldKey,
  usage,
} from './toldKeys';

/** Somebody may make a key in somebody else's name, for example with a stolen session. */
export const created: NoticeWords = {
  topic: 'api-key-created',
  severity: always('normal'),
  one: key => ({
    title: `API key ${quoted(key)} was made`,
    description: `${making(key, 'it')}. It ${lifeOf(key)}. ${check(key)} it.`,
    link: pageOf(key),
  }),
  many: (told, total) => {
    const [first] = told;
    return {
      title: `${total} API keys were made`,
      description: `${making(first, 'them')}. ${check(first)} them.`,
      link: '/api-keys',
    };
  },
};

/** To the new owner. */
export const transferred: NoticeWords = {
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
  many: (told, total) => ({
    title: `${total} API keys now belong to ${told[0].owner}`,
    description: `${giving(
      told[0],
      'them',
    )}. Whoever had their secrets still has them: rotate them, and put the new secrets wherever the old ones are used.`,
    link: '/api-keys',
  }),
};

function making({ actor, owner, at }: ToldKey, keys: string): string {
  const maker = actor === owner ? 'You' : actor;
  const forGroup = ownerKindOf(owner) === 'group' ? ` for ${owner}` : '';
  return `${maker} made ${keys}${forGroup} on ${onDate(at)}`;
}

function lifeOf({ details }: ToldKey): string {
  const { expiresAt } = details;
  return typeof expiresAt === 'string'
    ? `expires on ${onDate(DateTime.fromISO(expiresAt).toMillis())}`
    : 'never expires';
}

function check({ owner }: ToldKey): string {
  return ownerKindOf(owner) === 'group'
    ? 'If nobody in the group knows why, revoke'
    : 'If that was not you, revoke';
}

function giving({ actor, details, owner, at }: ToldKey, keys: string): string {
  return `${actor} took ${keys} from ${
    details.from
  } and gave ${keys} to ${owner} on ${onDate(at)}`;
}
