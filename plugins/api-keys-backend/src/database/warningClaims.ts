import {
  ApiKeyWarningKind,
  toIsoDuration,
} from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import { PlacedKeyEvent } from '../lifecycle/KeyEvent';
import { toIsoTime } from '../lifecycle/time';
import { ClaimedWarning, WarningClaim } from '../warnings/rules';

export const CLAIMS = 'api_key_warnings';
export const CLAIM_KEY = ['key_id', 'kind', 'ends_at', 'threshold'] as const;
/** So many of an owner are told by name at the most; messages have room for fewer. */
const NAMED_MAX = 400;

/** A row of `api_key_warnings`. PostgreSQL returns 64-bit integers as text. */
export type ClaimRow = {
  key_id: string;
  kind: ApiKeyWarningKind;
  ends_at: number | string;
  threshold: number | string;
  owner: string;
  claim_id: string;
  claimed_at: number | string;
  sent_at: number | string | null;
};

/** What was claimed together, by owner, most urgent first. */
export async function findClaims(
  knex: Knex,
  id: string,
): Promise<WarningClaim[]> {
  const placed = knex<ClaimRow>(CLAIMS)
    .where({ claim_id: id })
    .select(
      '*',
      knex.raw(
        'row_number() over (partition by owner order by ends_at, key_id) as place',
      ),
    );
  const named = await knex
    .from(placed.as('claimed'))
    .join('api_keys as k', 'k.id', 'claimed.key_id')
    .where('place', '<=', NAMED_MAX)
    .orderBy(['ends_at', 'key_id'])
    .select(
      'claimed.*',
      'k.name as key_name',
      'k.last_used_at',
      'k.last_used_ip',
    );
  const counts = await knex<ClaimRow>(CLAIMS)
    .where({ claim_id: id })
    .groupBy('owner', 'kind')
    .select('owner', 'kind')
    .count({ warnings: '*' });
  const keys = await knex<ClaimRow>(CLAIMS)
    .where({ claim_id: id })
    .groupBy('owner')
    .select('owner')
    .countDistinct({ keys: 'key_id' });
  const owners = [...new Set(named.map(({ owner }) => owner))];
  return owners.flatMap(owner => {
    const isOwners = (row: { owner: string }) => row.owner === owner;
    const found = keys.find(isOwners);
    // A key may have got another owner meanwhile, of whom somebody else took care.
    if (!found) return [];
    const byKind = new Map(
      counts.filter(isOwners).map(row => [row.kind, Number(row.warnings)]),
    );
    const warnings = named.filter(isOwners).map(toClaimedWarning);
    return [{ id, owner, keys: Number(found.keys), byKind, warnings }];
  });
}

function toClaimedWarning(
  row: ClaimRow & {
    key_name: string;
    last_used_at: number | string | null;
    last_used_ip: string | null;
  },
): ClaimedWarning {
  return {
    keyId: row.key_id,
    keyName: row.key_name,
    kind: row.kind,
    endsAt: Number(row.ends_at),
    threshold: Number(row.threshold),
    lastUsedAt:
      row.last_used_at === null ? undefined : Number(row.last_used_at),
    lastUsedIp: row.last_used_ip ?? undefined,
  };
}

/** What the trail of a key tells of a warning that was sent. */
export function sentEvent(now: number) {
  return ({
    key_id,
    owner,
    kind,
    ends_at,
    threshold,
  }: ClaimRow): PlacedKeyEvent => ({
    type: 'warned',
    keyId: key_id,
    owner,
    at: now,
    details: {
      kind,
      endsAt: toIsoTime(Number(ends_at)),
      ...(Number(threshold) > 0 && {
        threshold: toIsoDuration(Number(threshold)),
      }),
    },
  });
}
