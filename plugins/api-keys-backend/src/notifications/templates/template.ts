import { NotificationPayload } from '../Notifier';
import { StoredKeyEvent } from '../../lifecycle/KeyEvent';
import { ownerKindOf } from 'backstage-plugin-api-keys-common';
import { count, lastUse, quote } from '../format';

/** Event of a key, with fields that distinguish the key from others. */
export type NotificationKey = StoredKeyEvent & {
  name: string;
  lastUsedAt?: number;
  lastUsedIp?: string;
};

/** Text of a notification, and the path that it links to. */
export type Text = Pick<NotificationPayload, 'title' | 'description' | 'link'>;

/** Texts and settings of a kind of notification. */
export type NotificationTemplate = {
  /** Topic that users can switch off in Backstage's settings. */
  topic: string;
  severity: (
    keys: readonly NotificationKey[],
    now: number,
  ) => NotificationPayload['severity'];
  one: (key: NotificationKey, now: number) => Text;
  /**
   * Text for several keys, each of which is named below it.
   *
   * @param keys - all have the same owner and actor, if the kind has those
   */
  many: (keys: readonly NotificationKey[], total: number, now: number) => Text;
  /** Names one of many keys; by its name if left out. */
  name?: (key: NotificationKey, now: number) => string;
  /** Orders many keys; in the order of the events if left out. */
  compare?: (a: NotificationKey, b: NotificationKey) => number;
};

export const always =
  (value: NotificationPayload['severity']) =>
  (): NotificationPayload['severity'] =>
    value;

/** Returns the quoted name, such as “ci”. */
export const quoted = ({ name }: Pick<NotificationKey, 'name'>) => quote(name);

/** Returns the name and the owner, such as “ci” of user:default/ada, for admins. */
export const quotedWithOwner = (key: NotificationKey) =>
  `${quoted(key)} of ${key.owner}`;

/** Returns the number of keys for their owner, such as "3 of your API keys". */
export function keysOf({ owner }: NotificationKey, total: number): string {
  return ownerKindOf(owner) === 'group'
    ? `${count(total, 'API key')} of ${owner}`
    : `${total} of your API keys`;
}

/** Names the group: members also have keys of their own, and may be in several groups. */
export function ofGroup({ owner }: NotificationKey): string {
  return ownerKindOf(owner) === 'group' ? ` It belongs to ${owner}.` : '';
}

/** Returns the last use, such as "It was last used 2 days ago from 192.0.2.1." */
export function usage(key: NotificationKey, now: number): string {
  return `It was ${lastUse(key, now)}.`;
}

/** Returns sentences that distinguish a key from others. */
export function background(key: NotificationKey, now: number): string {
  return `${usage(key, now)}${ofGroup(key)}`;
}

export const pageOf = ({ keyId }: NotificationKey) => `/api-keys/${keyId}`;

/** Returns the path of the form for a key like this one. */
export const formFrom = ({ keyId }: NotificationKey) =>
  `/api-keys?from=${keyId}`;
