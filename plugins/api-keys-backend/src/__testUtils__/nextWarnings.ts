import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { endsAt, inactiveAt, statusOf } from '../lifecycle/status';
import {
  longestLeadOf,
  TOLD_AFTER_EXPIRY,
  Warning,
  WarningPlan,
} from '../warnings/rules';

/** What was told of a key so far. */
export type Told = Pick<Warning, 'kind' | 'endsAt' | 'threshold'>;

/** The next warnings of a key, in plain words: what `database/upcomingWarnings.ts` says in SQL. */
export function nextWarnings(
  key: ApiKeyRecord,
  told: readonly Told[],
  plan: WarningPlan,
  now: number,
): Warning[] {
  return [
    ...nextExpiry(key, told, plan, now),
    ...nextInactivity(key, told, plan, now),
    ...expired(key, told, plan, now),
  ];
}

function nextExpiry(
  ...[key, told, plan, now]: Parameters<typeof nextWarnings>
) {
  if (statusOf(key, now) !== 'active' || key.expiresAt === undefined) return [];
  return next(key, told, now, {
    kind: 'expiry',
    endsAt: key.expiresAt,
    leads: plan.expiry.map(threshold => ({ threshold, lead: threshold })),
  });
}

function nextInactivity(
  ...[key, told, plan, now]: Parameters<typeof nextWarnings>
) {
  const end = inactiveAt(key);
  const { inactivityTimeout = 0 } = key;
  if (statusOf(key, now) !== 'active' || end === undefined) return [];
  if (endsAt(key) <= end) return [];
  return next(key, told, now, {
    kind: 'inactivity',
    endsAt: end,
    leads: plan.inactivity.map(threshold => ({
      threshold,
      lead: Math.min(threshold, longestLeadOf(inactivityTimeout)),
    })),
  });
}

function expired(...[key, told, plan, now]: Parameters<typeof nextWarnings>) {
  const { expiresAt = Infinity, overlapEndsAt, revokedAt } = key;
  if (overlapEndsAt !== undefined || revokedAt !== undefined) return [];
  if (expiresAt === Infinity || expiresAt <= now - TOLD_AFTER_EXPIRY) return [];
  return next(key, told, now, {
    kind: 'expired',
    endsAt: expiresAt,
    leads: plan.expired.map(threshold => ({ threshold, lead: threshold })),
  });
}

/** @param end - with how long before it to warn, shortest first */
function next(
  key: ApiKeyRecord,
  told: readonly Told[],
  now: number,
  end: Pick<Warning, 'kind' | 'endsAt'> & {
    leads: { threshold: number; lead: number }[];
  },
): Warning[] {
  const { kind, endsAt: at, leads } = end;
  const mostUrgentTold = Math.min(
    Infinity,
    ...told
      .filter(one => one.kind === kind && one.endsAt === at)
      .map(({ threshold }) => threshold),
  );
  const begun = leads.find(({ lead }) => at - lead <= now);
  const latest = begun ?? leads.at(-1);
  const open = leads.filter(
    ({ threshold }) =>
      latest && threshold <= latest.threshold && threshold < mostUrgentTold,
  );
  const chosen = open.at(-1);
  if (!chosen) return [];
  const dueAt = at - chosen.lead;
  if ((inactiveAt(key) ?? Infinity) <= dueAt) return [];
  const { id: keyId, name: keyName, owner } = key;
  const { threshold } = chosen;
  return [{ keyId, keyName, owner, kind, endsAt: at, dueAt, threshold }];
}
