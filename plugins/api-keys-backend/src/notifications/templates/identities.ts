import { ownerKindOf } from 'backstage-plugin-api-keys-common';
import { onDate } from '../format';
import {
  always,
  background,
  keysOf,
  NotificationTemplate,
  pageOf,
  quoted,
  quotedWithOwner,
  NotificationKey,
} from './template';

/** Notification to the admins: the owner's name belongs to another person now. */
export const ownerReplaced: NotificationTemplate = {
  topic: 'api-key-owner-replaced',
  severity: always('high'),
  one: (key, now) => ({
    title: `API key ${quoted(key)} of ${key.owner} was revoked`,
    description: `${replacement(key)} ${background(
      key,
      now,
    )} If something still needs it, make a key of a group for that.`,
    link: inventoryOf(key),
  }),
  many: (_, total) => ({
    title: `${total} API keys were revoked, whose owners were replaced`,
    description:
      'Somebody else has the names of their owners now. If something still needs them, make keys of groups for that.',
    link: '/api-keys/admin?status=revoked',
  }),
  name: quotedWithOwner,
};

/** Notification to the user who has the owner's name now. */
export const ownerUnconfirmed: NotificationTemplate = {
  topic: 'api-key-owner-unconfirmed',
  severity: always('high'),
  one: (key, now) => ({
    title: `Confirm whose API key ${quoted(key)} is`,
    description: `${absence(
      key,
    )} So requests with it are refused until you ${answer(
      key,
      'it is',
    )}. ${background(key, now)}`,
    link: pageOf(key),
  }),
  many: (keys, total) => ({
    title: `Confirm whose ${keysOf(keys[0], total)} are`,
    description: `${absence(
      keys[0],
    )} So requests with them are refused until you ${answer(
      keys[0],
      'they are',
    )}.`,
    link: '/api-keys',
  }),
};

function replacement({ owner, at, actor }: NotificationKey): string {
  return actor
    ? `${actor} said on ${onDate(
        at,
      )} that ${owner} is somebody else than before.`
    : `On ${onDate(
        at,
      )} the identity provider had somebody else under the name ${owner}.`;
}

function absence({ owner, at }: NotificationKey): string {
  return `${owner} was away from the catalog and is a new entity there since ${onDate(
    at,
  )}, perhaps of somebody else.`;
}

function answer({ owner }: NotificationKey, they: string): string {
  return ownerKindOf(owner) === 'user'
    ? `say on the page of your API keys that ${they} yours`
    : `or another member says on the page of API keys that ${they} the group's`;
}

function inventoryOf({ owner }: NotificationKey): string {
  return `/api-keys/admin?owner=${encodeURIComponent(owner)}`;
}
