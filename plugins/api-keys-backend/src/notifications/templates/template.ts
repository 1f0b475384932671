import { NotificationPayload } from '../Notifier';
import { StoredKeyEvent } from '../../lifecycle/KeyEvent';
import { ownerKindOf } from 'backstage-plugin-api-keys-common';
import { count, lastUse, quote } from '../format';

/** An event of a key, with what helps to tell the key from others. */
export type NotificationKey = StoredKeyEvent & {
  name: string;
  lastUsedAt?: number;
  lastUsedIp?: string;
};

/** Text of a notification, and where it leads. */
export type Text = Pick<NotificationPayload, 'title' | 'description' | 'link'>;

/** How a kind of notification is put. */
export type NotificationTemplate = {
  /** Topic that people switch off in Backstage's settings. */
  topic: string;
  severity: (
    keys: readonly NotificationKey[],
    now: number,
  ) => NotificationPayload['severity'];
  one: (key: NotificationKey, now: number) => Text;
  /**
   * Text for several keys, each of which is named below it.
   *
   * @param keys - all of the same owner and by the same actor where the kind has those
   */
  many: (keys: readonly NotificationKey[], total: number, now: number) => Text;
  /** How one of many is named; by its name if left out. */
  name?: (key: NotificationKey, now: number) => string;
  /** Order of many; that of the events if left out. */
  compare?: (a: NotificationKey, b: NotificationKey) => number;
};

export const always =
  (value: NotificationPayload['severity']) =>
  (): NotificationPayload['severity'] =>
    value;

/** Such as “ci”. */
export const quoted = ({ name }: Pick<NotificationKey, 'name'>) => quote(name);

/** Such as “ci” of user:default/ada, for people who look after keys of others. */
export const quotedWithOwner = (key: NotificationKey) =>
  `${quoted(key)} of ${key.owner}`;

/** Such as "3 of your API keys", to their owner. */
export function keysOf({ owner }: NotificationKey, total: number): string {
  return ownerKindOf(owner) === 'group'
    ? `${count(total, 'API key')} of ${owner}`
    : `${total} of your API keys`;
}

/** Members have keys of their own, and may be in several groups. */
export function ofGroup({ owner }: NotificationKey): string {
  return ownerKindOf(owner) === 'group' ? ` It belongs to ${owner}.` : '';
}

/** Such as "It was last used 2 days ago from 192.0.2.1." */
export function usage(key: NotificationKey, now: number): string {
  return `It was ${lastUse(key, now)}.`;
}

/** Sentences of what helps to tell a key from others. */
export function background(key: NotificationKey, now: number): string {
  return `${usage(key, now)}${ofGroup(key)}`;
}

export const pageOf = ({ keyId }: NotificationKey) => `/api-keys/${keyId}`;

/** The form for a key like this one. */
export const formFrom = ({ keyId }: NotificationKey) =>
  `/api-keys?from=${keyId}`;
