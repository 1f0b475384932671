import { ApiKeyWarningKind } from 'backstage-plugin-api-keys-common';
import { ownerKindOf } from 'backstage-plugin-api-keys-common';
import { DAY } from '../../lifecycle/time';
import { readWarnedEnd } from '../../lifecycle/warnedEvent';
import { inWords, lastUse, onDate } from '../format';
import {
  NotificationKey,
  NotificationTemplate,
  ofGroup,
  pageOf,
  quoted,
  Text,
} from './template';

/** An end within this time is urgent, in milliseconds. */
const URGENT = DAY;

const VERBS: Record<ApiKeyWarningKind, string> = {
  expiry: 'expires',
  inactivity: 'goes inactive',
  expired: 'expired',
};

/** Verb phrases for several keys of one kind. */
const VERBS_OF_MANY: Record<ApiKeyWarningKind, string> = {
  expiry: 'expire soon',
  inactivity: 'go inactive soon',
  expired: 'have expired',
};

/** Keys that end soon, or have ended. */
export const ending: NotificationTemplate = {
  topic: 'api-key-ending',
  severity: (keys, now) =>
    keys.some(key => readWarnedEnd(key).endsAt - now <= URGENT)
      ? 'high'
      : 'normal',
  one,
  many(keys, _, now) {
    const [first] = keys;
    const count = new Set(keys.map(({ keyId }) => keyId)).size;
    // A key may both go inactive soon and expire soon.
    if (count === 1) {
      return {
        title: titleOf(first, now),
        description: ofGroup(first).trim(),
        link: pageOf(first),
      };
    }
    return {
      title: `${count} of your API keys ${verbOf(keys)}`,
      description:
        ownerKindOf(first.owner) === 'group'
          ? `They belong to ${first.owner}.`
          : '',
      link: '/api-keys',
    };
  },
  name: (key, now) =>
    `${quoted(key)} ${VERBS[readWarnedEnd(key).kind]} ${whenOf(key, now)}`,
  compare: (a, b) =>
    readWarnedEnd(a).endsAt - readWarnedEnd(b).endsAt ||
    (a.keyId < b.keyId ? -1 : 1),
};

function one(key: NotificationKey, now: number): Text {
  const title = titleOf(key, now);
  const when = whenOf(key, now);
  const background = `${capitalize(lastUse(key, now))}.${ofGroup(key)}`;
  const { kind } = readWarnedEnd(key);
  switch (kind) {
    case 'expiry':
      return {
        title,
        description: `It expires ${when}. ${background} Rotate it to get a new secret, and put that wherever the old one is used.`,
        link: `${pageOf(key)}?do=rotate`,
      };
    case 'inactivity':
      return {
        title,
        description: `It stops working ${when}, because nobody uses it. ${background} Use it or keep it alive if it is still needed.`,
        link: `${pageOf(key)}?do=keep-alive`,
      };
    case 'expired':
      return {
        title,
        description: `It expired ${when}, and does not work any more. ${background} Make a new one like it if it is still needed.`,
        link: `/api-keys?from=${key.keyId}`,
      };
    default:
      throw new Error(`Unknown kind of warning: ${kind satisfies never}`);
  }
}

function titleOf(key: NotificationKey, now: number): string {
  const { kind, endsAt } = readWarnedEnd(key);
  return kind === 'expired'
    ? `API key ${quoted(key)} has expired`
    : `API key ${quoted(key)} ${VERBS[kind]} ${distanceOf(endsAt, now)}`;
}

function verbOf(keys: readonly NotificationKey[]): string {
  const [kind, ...others] = new Set(keys.map(key => readWarnedEnd(key).kind));
  return others.length > 0 ? 'need attention' : VERBS_OF_MANY[kind];
}

/** Returns the time of the end, such as "in 3 days, on 25 Nov 2026 14:00 UTC". */
function whenOf(key: NotificationKey, now: number): string {
  const { endsAt } = readWarnedEnd(key);
  return `${distanceOf(endsAt, now)}, on ${onDate(endsAt)}`;
}

function distanceOf(time: number, now: number): string {
  return time > now
    ? `in ${inWords(time - now)}`
    : `${inWords(now - time)} ago`;
}

function capitalize(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
