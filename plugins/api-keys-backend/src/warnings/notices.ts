import { ApiKeyWarningKind } from 'backstage-plugin-api-keys-common';
import { Notice } from '../notifications/Notifier';
import { inWords, lastUse, onDate } from '../notifications/words';
import { DAY } from '../lifecycle/time';
import { ClaimedWarning, WarningClaim } from './rules';

const TOPIC = 'api-key-ending';
/** What ends sooner cannot wait. */
const URGENT = DAY;

const VERBS: Record<ApiKeyWarningKind, string> = {
  expiry: 'expires',
  inactivity: 'goes inactive',
  expired: 'expired',
};

/** What is told to the owner of keys. A group is told that they are its keys. */
export function noticeOf(claim: WarningClaim, now: number): Notice {
  const [first] = claim.mostUrgent;
  const warnings = sum(claim.byKind);
  return {
    ...(warnings === 1 ? textOfOne(first, claim, now) : textOfMany(claim, now)),
    severity: first.endsAt - now <= URGENT ? 'high' : 'normal',
    topic: TOPIC,
    // Whoever sends it again, since it is not known to have been sent, updates it.
    scope: `api-keys:${first.kind}:${first.keyId}:${first.endsAt}:${
      first.threshold
    }${warnings === 1 ? '' : ':digest'}`,
  };
}

type Text = Pick<Notice, 'title' | 'description' | 'link'>;

function textOfOne(
  warning: ClaimedWarning,
  claim: WarningClaim,
  now: number,
): Text {
  const { keyId, kind } = warning;
  const title = titleOf(warning, now);
  const when = whenOf(warning, now);
  const use = capital(lastUse(warning.lastUsedAt, now));
  const said = `${use}.${ofGroup(claim, 'It belongs')}`;
  switch (kind) {
    case 'expiry':
      return {
        title,
        description: `It expires ${when}. ${said} Rotate it to get a new secret, and put that wherever the old one is used.`,
        link: `/api-keys/${keyId}?do=rotate`,
      };
    case 'inactivity':
      return {
        title,
        description: `It stops working ${when}, because nobody uses it. ${said} Use it or keep it alive if it is still needed.`,
        link: `/api-keys/${keyId}?do=keep-alive`,
      };
    default:
      return {
        title,
        description: `It expired ${when}, and does not work any more. ${said} Make a new one like it if it is still needed.`,
        link: `/api-keys?from=${keyId}`,
      };
  }
}

function titleOf(warning: ClaimedWarning, now: number): string {
  const { keyName, kind, endsAt } = warning;
  return kind === 'expired'
    ? `API key “${keyName}” has expired`
    : `API key “${keyName}” ${VERBS[kind]} ${distanceOf(endsAt, now)}`;
}

function textOfMany(claim: WarningClaim, now: number): Text {
  const { keys, byKind, mostUrgent } = claim;
  const [first] = mostUrgent;
  const isOne = keys === 1;
  const told = mostUrgent.map(
    warning =>
      `“${warning.keyName}” ${VERBS[warning.kind]} ${whenOf(warning, now)}`,
  );
  const more = sum(byKind) - mostUrgent.length;
  const andMore = more > 0 ? `; and ${more} more` : '';
  const group = ofGroup(claim, isOne ? 'It belongs' : 'They belong');
  return {
    title: isOne
      ? titleOf(first, now)
      : `${keys} of your API keys ${lot(byKind)}`,
    description: `${told.join('; ')}${andMore}.${group}`,
    link: isOne ? `/api-keys/${first.keyId}` : '/api-keys',
  };
}

/** What becomes of many keys. */
function lot(byKind: WarningClaim['byKind']): string {
  const [kind, ...others] = byKind.keys();
  if (others.length > 0) return 'need attention';
  switch (kind) {
    case 'expiry':
      return 'expire soon';
    case 'inactivity':
      return 'go inactive soon';
    default:
      return 'have expired';
  }
}

/** Such as "in 3 days, on 25 Nov 2026 14:00 UTC". */
function whenOf({ endsAt }: ClaimedWarning, now: number): string {
  return `${distanceOf(endsAt, now)}, on ${onDate(endsAt)}`;
}

function distanceOf(time: number, now: number): string {
  return time > now
    ? `in ${inWords(time - now)}`
    : `${inWords(now - time)} ago`;
}

/** Somebody may be in several groups, and has keys of their own. */
function ofGroup({ owner }: WarningClaim, belong: string): string {
  return owner.startsWith('group:') ? ` ${belong} to ${owner}.` : '';
}

function sum(counts: ReadonlyMap<unknown, number>): number {
  return [...counts.values()].reduce((total, each) => total + each, 0);
}

function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
