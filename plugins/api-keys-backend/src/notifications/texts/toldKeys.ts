import { ownerKindOf } from 'backstage-plugin-api-keys-common';
import { Notice } from '../Notifier';
import { StoredKeyEvent } from '../../lifecycle/KeyEvent';
import { count, lastUse, quote } from '../words';

/** What is told of one key. */
export type ToldKey = StoredKeyEvent & {
  name: string;
  lastUsedAt?: number;
  lastUsedIp?: string;
};

/** What people read, and where it leads. */
export type Text = Pick<Notice, 'title' | 'description' | 'link'>;

/** How a kind of notice is put. */
export type NoticeWords = {
  /** What people switch off in Backstage's settings. */
  topic: string;
  severity: (told: readonly ToldKey[], now: number) => Notice['severity'];
  one: (key: ToldKey, now: number) => Text;
  /**
   * What is said of all of them; each is named below.
   *
   * @param told - the first ones, all of the same owner and by the same actor where the kind has those
   */
  many: (told: readonly ToldKey[], total: number) => Text;
  /** How one of many is named; by its name if left out. */
  name?: (key: ToldKey, now: number) => string;
};

export const always = (value: Notice['severity']) => (): Notice['severity'] =>
  value;

/** Such as “ci”. */
export const quoted = ({ name }: Pick<ToldKey, 'name'>) => quote(name);

/** Such as “ci” of user:default/ada, for people who look after keys of others. */
export const quotedWithOwner = (key: ToldKey) =>
  `${quoted(key)} of ${key.owner}`;

/** Such as "3 of your API keys", to their owner. */
export function keysOf({ owner }: ToldKey, total: number): string {
  return ownerKindOf(owner) === 'group'
    ? `${count(total, 'API key')} of ${owner}`
    : `${total} of your API keys`;
}

/** Members have keys of their own, and may be in several groups. */
export function ofGroup({ owner }: ToldKey): string {
  return ownerKindOf(owner) === 'group' ? ` It belongs to ${owner}.` : '';
}

/** Such as "It was last used 2 days ago from 192.0.2.1." */
export function usage(key: ToldKey, now: number): string {
  return `It was ${lastUse(key, now)}.`;
}

/** Sentences of what helps to tell a key from others. */
export function background(key: ToldKey, now: number): string {
  return `${usage(key, now)}${ofGroup(key)}`;
}

export const pageOf = ({ keyId }: ToldKey) => `/api-keys/${keyId}`;

/** The form for a key like this one. */
export const formFrom = ({ keyId }: ToldKey) => `/api-keys?from=${keyId}`;
