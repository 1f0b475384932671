import {
  ApiKeyWarningKind,
  toIsoDuration,
} from 'backstage-plugin-api-keys-common';
import { toIsoTime } from './time';
import { ApiKeyRecord } from './ApiKeyRecord';
import { KeyEventDetails, StoredKeyEvent } from './KeyEvent';
import { inactiveAt } from './status';
import { EXPIRED_NOTICE_WINDOW, Warning } from './warningPlan';

/** Returns the details of the event that records a warning. */
export function warnedDetails({
  kind,
  endsAt,
  threshold,
}: Pick<Warning, 'kind' | 'endsAt' | 'threshold'>): KeyEventDetails['warned'] {
  return {
    kind,
    endsAt: toIsoTime(endsAt),
    ...(threshold > 0 && { threshold: toIsoDuration(threshold) }),
  };
}

/** Returns the end that a `warned` event is about, in milliseconds since 1970. */
export function readWarnedEnd({ details }: Pick<StoredKeyEvent, 'details'>): {
  kind: ApiKeyWarningKind;
  endsAt: number;
} {
  return {
    kind: details.kind as ApiKeyWarningKind,
    endsAt: Date.parse(String(details.endsAt)),
  };
}

/**
 * Returns whether a warning is still correct, as it may be sent long after it was due. It is not if the key has ended, was
 * rotated or used, or has another owner or end.
 *
 * @param key - undefined if it was deleted
 */
export function isStillDue(
  event: StoredKeyEvent,
  key: ApiKeyRecord | undefined,
  now: number,
): boolean {
  if (!key || key.owner !== event.owner) return false;
  if (key.revokedAt !== undefined || key.overlapEndsAt !== undefined) {
    return false;
  }
  const { kind, endsAt } = readWarnedEnd(event);
  switch (kind) {
    case 'expiry':
      return key.expiresAt === endsAt && endsAt > now;
    case 'inactivity':
      return inactiveAt(key) === endsAt && endsAt > now;
    case 'expired':
      return key.expiresAt === endsAt && endsAt > now - EXPIRED_NOTICE_WINDOW;
    default:
      throw new Error(`Unknown kind of warning: ${kind satisfies never}`);
  }
}
