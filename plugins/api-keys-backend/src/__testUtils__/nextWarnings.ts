import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { endsAt, inactiveAt, statusOf } from '../lifecycle/status';
import {
  spanAbove,
  EXPIRED_NOTICE_WINDOW,
  Warning,
  WarningPlan,
} from '../lifecycle/warningPlan';

/** Warning that the owner of a key has received. */
export type Told = Pick<Warning, 'kind' | 'endsAt' | 'threshold'>;

/**
 * Returns the next warnings of a key: a plain reference implementation of the SQL in `database/upcomingWarnings.ts`.
 */
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
    thresholds: plan.expiry.filter(
      threshold => spanAbove(threshold) < key.expiresAt! - key.createdAt,
    ),
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
    thresholds: plan.inactivity.filter(
      threshold => spanAbove(threshold) < inactivityTimeout,
    ),
  });
}

function expired(...[key, told, plan, now]: Parameters<typeof nextWarnings>) {
  const { expiresAt = Infinity, overlapEndsAt, revokedAt } = key;
  if (overlapEndsAt !== undefined || revokedAt !== undefined) return [];
  if (expiresAt === Infinity || expiresAt <= now - EXPIRED_NOTICE_WINDOW)
    return [];
  return next(key, told, now, {
    kind: 'expired',
    endsAt: expiresAt,
    thresholds: plan.expired,
  });
}

/** @param end - times before the end at which to warn, shortest first */
function next(
  key: ApiKeyRecord,
  told: readonly Told[],
  now: number,
  end: Pick<Warning, 'kind' | 'endsAt'> & {
    thresholds: readonly number[];
  },
): Warning[] {
  const { kind, endsAt: at, thresholds } = end;
  const mostUrgentTold = Math.min(
    Infinity,
    ...told
      .filter(one => one.kind === kind && one.endsAt === at)
      .map(({ threshold }) => threshold),
  );
  const begun = thresholds.find(threshold => at - threshold <= now);
  const latest = begun ?? thresholds.at(-1) ?? -Infinity;
  const threshold = thresholds.findLast(
    one => one <= latest && one < mostUrgentTold,
  );
  if (threshold === undefined) return [];
  const dueAt = at - threshold;
  if ((inactiveAt(key) ?? Infinity) <= dueAt) return [];
  const { id: keyId, name: keyName, owner } = key;
  return [{ keyId, keyName, owner, kind, endsAt: at, dueAt, threshold }];
}
