import { ApiKeyWarningKind } from 'backstage-plugin-api-keys-common';
import { Notice } from '../notifications/Notifier';
import { inWords, lastUse, onDate } from '../notifications/words';
import { DAY } from '../lifecycle/time';
import { ClaimedWarning, WarningClaim } from './rules';

const TOPIC = 'API keys';
/** What ends sooner cannot wait. */
const URGENT = DAY;

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
  const { keyId, kind, keyName } = warning;
  const link = `/api-keys/${keyId}`;
  const use = capital(lastUse(warning.lastUsedAt, now));
  const said = `${use}.${ofGroup(claim, 'It belongs')}`;
  switch (kind) {
    case 'expiry':
      return {
        title: `API key “${keyName}” ${endOf(warning, now)}`,
        description: `It expires ${whenOf(
          warning,
          now,
        )}. ${said} Rotate it to get a new secret, and put that wherever the old one is used.`,
        link: `${link}?do=rotate`,
      };
    case 'inactivity':
      return {
        title: `API key “${keyName}” ${endOf(warning, now)}`,
        description: `It stops working ${whenOf(
          warning,
          now,
        )}, because it is not used. ${said} Use it, or keep it alive, if it is still needed.`,
        link: `${link}?do=keep-alive`,
      };
    default:
      return {
        title: `API key “${keyName}” has expired`,
        description: `It expired ${whenOf(
          warning,
          now,
        )}, and does not work any more. ${said} Make a new one like it if it is still needed.`,
        link: `/api-keys?from=${keyId}`,
      };
  }
}

function textOfMany(claim: WarningClaim, now: number): Text {
  const { keys, byKind, mostUrgent } = claim;
  const told = mostUrgent.map(
    warning =>
      `“${warning.keyName}” ${endOf(warning, now)}, on ${onDate(
        warning.endsAt,
      )}`,
  );
  const more = sum(byKind) - mostUrgent.length;
  return {
    title: `${keys === 1 ? 'One' : keys} of your API keys ${endsOfMany(
      byKind,
      keys,
    )}`,
    description: `${told.join('; ')}${
      more > 0 ? `; and ${more} more` : ''
    }.${ofGroup(claim, 'They belong')}`,
    link: '/api-keys',
  };
}

function endsOfMany(byKind: WarningClaim['byKind'], keys: number): string {
  const one = keys === 1;
  const [kind, ...others] = byKind.keys();
  if (others.length > 0) return one ? 'needs attention' : 'need attention';
  switch (kind) {
    case 'expiry':
      return one ? 'expires soon' : 'expire soon';
    case 'inactivity':
      return one ? 'goes inactive soon' : 'go inactive soon';
    default:
      return one ? 'has expired' : 'have expired';
  }
}

const VERBS: Record<ApiKeyWarningKind, string> = {
  expiry: 'expires',
  inactivity: 'goes inactive',
  expired: 'expired',
};

/** Such as "expires in 3 days". */
function endOf({ kind, endsAt }: ClaimedWarning, now: number): string {
  return `${VERBS[kind]} ${distanceOf(endsAt, now)}`;
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
