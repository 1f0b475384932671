import {
  ApiKeyWarningKind,
  ownerKindOf,
} from 'backstage-plugin-api-keys-common';
import { Notice } from '../notifications/Notifier';
import { splitList } from '../notifications/lists';
import { inWords, lastUse, onDate, quote } from '../notifications/words';
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

/** A notice, and the warnings that it has. */
export type WarningPart = {
  notice: Notice;
  warnings: readonly ClaimedWarning[];
};

/**
 * What is told to the owner of keys. Each key has its end, its last use and its link, so that many keys take several notices. A group
 * is told that they are its keys.
 *
 * @param portalUrl - where links in texts lead
 */
export function noticesOf(
  claim: WarningClaim,
  now: number,
  portalUrl: string,
): WarningPart[] {
  const total = sum(claim.byKind);
  const parts =
    total === 1
      ? [{ items: claim.warnings, ...textOfOne(claim.warnings[0], claim, now) }]
      : textsOfMany(claim, total, now, portalUrl);
  return parts.map(({ items, ...text }) => {
    const [first] = items;
    const { kind, keyId, endsAt, threshold } = first;
    const scope = `api-keys:${kind}:${keyId}:${endsAt}:${threshold}`;
    return {
      notice: {
        ...text,
        severity: first.endsAt - now <= URGENT ? 'high' : 'normal',
        topic: TOPIC,
        // Whoever sends it again, since it is not known to have been sent, updates it.
        scope: total === 1 ? scope : `${scope}:digest`,
      },
      warnings: items,
    };
  });
}

type Text = Pick<Notice, 'title' | 'description' | 'link'>;

function textOfOne(
  warning: ClaimedWarning,
  claim: WarningClaim,
  now: number,
): Text {
  const title = titleOf(warning, now);
  const when = whenOf(warning, now);
  const use = capital(lastUse(warning, now));
  const said = `${use}.${ofGroup(claim, 'It belongs')}`;
  const link = linkOf(warning);
  switch (warning.kind) {
    case 'expiry':
      return {
        title,
        description: `It expires ${when}. ${said} Rotate it to get a new secret, and put that wherever the old one is used.`,
        link,
      };
    case 'inactivity':
      return {
        title,
        description: `It stops working ${when}, because nobody uses it. ${said} Use it or keep it alive if it is still needed.`,
        link,
      };
    case 'expired':
      return {
        title,
        description: `It expired ${when}, and does not work any more. ${said} Make a new one like it if it is still needed.`,
        link,
      };
    default:
      throw new Error(`Unknown kind: ${warning.kind satisfies never}`);
  }
}

/** What is to be done about it. */
function linkOf({ keyId, kind }: ClaimedWarning): string {
  switch (kind) {
    case 'expiry':
      return `/api-keys/${keyId}?do=rotate`;
    case 'inactivity':
      return `/api-keys/${keyId}?do=keep-alive`;
    case 'expired':
      return `/api-keys?from=${keyId}`;
    default:
      throw new Error(`Unknown kind: ${kind satisfies never}`);
  }
}

function titleOf(warning: ClaimedWarning, now: number): string {
  const { keyName, kind, endsAt } = warning;
  return kind === 'expired'
    ? `API key ${quote(keyName)} has expired`
    : `API key ${quote(keyName)} ${VERBS[kind]} ${distanceOf(endsAt, now)}`;
}

function textsOfMany(
  claim: WarningClaim,
  total: number,
  now: number,
  portalUrl: string,
): (Text & { items: ClaimedWarning[] })[] {
  const { keys, byKind, warnings } = claim;
  const [first] = warnings;
  const isOne = keys === 1;
  const link = isOne ? `/api-keys/${first.keyId}` : '/api-keys';
  const parts = splitList(warnings, {
    title: isOne
      ? titleOf(first, now)
      : `${keys} of your API keys ${lot(byKind)}`,
    about: ofGroup(claim, isOne ? 'It belongs' : 'They belong').trim(),
    total,
    link: `${portalUrl}${link}`,
    lineOf: warning => {
      const { keyName, kind } = warning;
      const end = `${quote(keyName)} ${VERBS[kind]} ${whenOf(warning, now)}`;
      return `${end}, ${lastUse(warning, now)}: ${portalUrl}${linkOf(warning)}`;
    },
  });
  return parts.map(part => ({ ...part, link }));
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
    case 'expired':
      return 'have expired';
    default:
      throw new Error(`Unknown kind: ${kind satisfies never}`);
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
  return ownerKindOf(owner) === 'group' ? ` ${belong} to ${owner}.` : '';
}

function sum(counts: ReadonlyMap<unknown, number>): number {
  return [...counts.values()].reduce((total, each) => total + each, 0);
}

function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
