import { Notice } from '../Notifier';
import { withMore } from '../../lib/withMore';
import { KeyEvent } from '../../lifecycle/KeyEvent';
import { isGroup } from '../../lifecycle/groups';
import { count, lastUse } from '../words';

/** What is told of one key. */
export type ToldKey = KeyEvent & {
  name: string;
  lastUsedAt?: number;
};

/** What people read, and where it leads. */
export type Text = Pick<Notice, 'title' | 'description' | 'link'>;

/** How a kind of notice is put. */
export type NoticeWords = {
  /** What people switch off in Backstage's settings. */
  topic: string;
  severity: (told: readonly ToldKey[], now: number) => Notice['severity'];
  one: (key: ToldKey, now: number) => Text;
  /** @param told - the first ones, all of the same owner and by the same actor where the kind has those */
  many: (told: readonly ToldKey[], total: number, now: number) => Text;
};

export const always = (value: Notice['severity']) => (): Notice['severity'] =>
  value;

/** Such as “ci”. */
export const quoted = ({ name }: Pick<ToldKey, 'name'>) => `“${name}”`;

/** Such as “ci”, “nightly” and 3 more. */
export function listed(
  told: readonly ToldKey[],
  total: number,
  say: (key: ToldKey) => string = quoted,
): string {
  return withMore(told.map(say), total);
}

/** Such as "3 of your API keys", to their owner. */
export function keysOf({ owner }: ToldKey, total: number): string {
  return isGroup(owner)
    ? `${count(total, 'API key')} of ${owner}`
    : `${total} of your API keys`;
}

/** Members have keys of their own, and may be in several groups. */
export function ofGroup({ owner }: ToldKey): string {
  return isGroup(owner) ? ` It belongs to ${owner}.` : '';
}

/** Sentences of what helps to tell a key from others. */
export function background(key: ToldKey, now: number): string {
  return `It was ${lastUse(key.lastUsedAt, now)}.${ofGroup(key)}`;
}

export const pageOf = ({ keyId }: ToldKey) => `/api-keys/${keyId}`;

/** The form for a key like this one. */
export const formFrom = ({ keyId }: ToldKey) => `/api-keys?from=${keyId}`;
