import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { StoredKeyEvent } from '../lifecycle/KeyEvent';
import { splitList } from './lists';
import { NoticeKind, NoticeMatter } from './noticeKinds';
import { Notice } from './Notifier';
import { created, transferred } from './texts/belongings';
import { found, leaked, leakReported } from './texts/leaks';
import { ownerReplaced, ownerUnconfirmed } from './texts/identities';
import { offboarded, reused, revoked, revokedWith } from './texts/revocations';
import { cutShort, rotatedOut } from './texts/surprises';
import { NoticeWords, quoted, ToldKey } from './texts/toldKeys';
import { lastUse } from './words';

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

/** A notice, and the events that it tells of. */
export type NoticePart = { notice: Notice; events: readonly StoredKeyEvent[] };

/**
 * What people are told of what happened to keys. Each key has its last use and its link, so that many keys take several notices.
 *
 * @param context - `keys` are those of the events, as far as they still exist, `portalUrl` is where links in texts lead
 */
export function noticesFor(
  { kind, events, total }: NoticeMatter,
  context: {
    keys: readonly Pick<
      ApiKeyRecord,
      'id' | 'name' | 'lastUsedAt' | 'lastUsedIp'
    >[];
    portalUrl: string;
    now: number;
  },
): NoticePart[] {
  const { keys, portalUrl, now } = context;
  const words = WORDS[kind];
  const byId = new Map(keys.map(key => [key.id, key]));
  const told = events.map((event): ToldKey => {
    const key = byId.get(event.keyId);
    return {
      ...event,
      name: key?.name ?? event.keyId,
      lastUsedAt: key?.lastUsedAt,
      lastUsedIp: key?.lastUsedIp,
    };
  });
  const severity = words.severity(told, now);
  const noticeOf = (
    part: readonly ToldKey[],
    text: Pick<Notice, 'title' | 'description' | 'link'>,
  ): NoticePart => ({
    notice: {
      ...text,
      topic: words.topic,
      severity,
      // Whoever sends it again, since it is not known to have been sent, updates it.
      scope: `api-keys:event:${part[0].id}`,
    },
    events: part,
  });
  if (total === 1) return [noticeOf(told, words.one(told[0], now))];

  const { title, description: about, link } = words.many(told, total);
  const parts = splitList(told, {
    title,
    about,
    total,
    link: `${portalUrl}${link}`,
    lineOf: key => {
      const name = words.name?.(key, now) ?? quoted(key);
      const keyLink = `${portalUrl}${words.one(key, now).link}`;
      return `${name}, ${lastUse(key, now)}: ${keyLink}`;
    },
  });
  return parts.map(part =>
    noticeOf(part.items, {
      title: part.title,
      description: part.description,
      link,
    }),
  );
}
