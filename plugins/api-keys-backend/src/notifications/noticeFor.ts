import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { NoticeKind, NoticeMatter } from './noticeKinds';
import { Notice } from './Notifier';
import { created, transferred } from './texts/belongings';
import { found, leaked, leakReported } from './texts/leaks';
import { ownerReplaced, ownerUnconfirmed } from './texts/identities';
import { offboarded, reused, revoked, revokedWith } from './texts/revocations';
import { cutShort, rotatedOut } from './texts/surprises';
import { NoticeWords, ToldKey } from './texts/toldKeys';

const WORDS: Record<NoticeKind, NoticeWords> = {
  created,
  revoked,
  leaked,
  found,
  'leak-reported': leakReported,
  reused,
  'revoked-with': revokedWith,
  offboarded,
  'owner-replaced': ownerReplaced,
  'owner-unconfirmed': ownerUnconfirmed,
  'cut-short': cutShort,
  'rotated-out': rotatedOut,
  transferred,
};

/**
 * What people are told of what happened to keys.
 *
 * @param keys - those of the events, as far as they still exist
 */
export function noticeFor(
  { kind, events, total }: NoticeMatter,
  keys: readonly Pick<ApiKeyRecord, 'id' | 'name' | 'lastUsedAt'>[],
  now: number,
): Notice {
  const words = WORDS[kind];
  const told = events.map((event): ToldKey => {
    const key = keys.find(({ id }) => id === event.keyId);
    return {
      ...event,
      name: key?.name ?? event.keyId,
      lastUsedAt: key?.lastUsedAt,
    };
  });
  const [first] = told;
  return {
    ...(total === 1 ? words.one(first, now) : words.many(told, total, now)),
    topic: words.topic,
    severity: words.severity(told, now),
    // Whoever sends it again, since it is not known to have been sent, updates it.
    scope: `api-keys:event:${first.id}`,
  };
}
