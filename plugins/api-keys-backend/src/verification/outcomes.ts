import { VerificationOutcome } from 'backstage-plugin-api-keys-node';
import { MALFORMED_SECRET_REASON } from 'backstage-plugin-api-keys-node/internal';
import {
  ApiKeyOwnerDenial,
  isAcceptedStatus,
} from 'backstage-plugin-api-keys-common';
import { pick } from '../lib/pick';
import { fieldsWith, VerificationRecord } from '../lifecycle/ApiKeyRecord';
import { ownerDenialOf } from '../lifecycle/ownerDenial';
import { endsAt, inactiveAt, statusOf } from '../lifecycle/status';
import { toIsoTime } from '../lifecycle/time';
import { isFirstUseOfSuccessor } from '../lifecycle/transitions';
import { OutcomeName } from '../observability/metrics/labels';

const OUTCOME_FIELDS = fieldsWith('outcome');

/** Outcome for a well-formed secret that matches no key. */
export const UNKNOWN: VerificationOutcome = {
  accepted: false,
  reason: 'The API key is unknown',
};

const OWNER_DENIALS: Record<ApiKeyOwnerDenial, string> = {
  'owner-missing': 'is not in the catalog',
  'owner-unconfirmed':
    'was away from the catalog and may be somebody else now: the API key works again once its owner or an administrator has confirmed it in the portal',
};

/** Outcome for a text that cannot be a secret. */
export const MALFORMED: VerificationOutcome = {
  accepted: false,
  reason: MALFORMED_SECRET_REASON,
};

/**
 * Returns the outcome of verifying a key.
 *
 * @param now - in milliseconds since 1970
 * @param inactivityGrace - longest time that a use may stay unwritten, in milliseconds
 */
export function outcomeOf(
  key: VerificationRecord,
  now: number,
  inactivityGrace: number,
): VerificationOutcome {
  const status = statusOf(key, now);
  switch (status) {
    case 'active':
    case 'retiring':
      return acceptedIfOwned(key);
    case 'expired':
      return refused(key, 'expired on', endsAt(key));
    case 'inactive': {
      const since = inactiveAt(key) ?? now;
      // Another replica may hold a use that it has not written yet.
      return now < since + inactivityGrace
        ? acceptedIfOwned(key)
        : refused(key, 'went inactive, unused for too long, on', since);
    }
    case 'revoked':
      return refused(key, 'was revoked on', key.revokedAt);
    default:
      throw new Error(`Unknown status: ${status satisfies never}`);
  }
}

/**
 * Returns the name of a refusal in metrics.
 *
 * @param key - undefined for a secret that matches no key
 * @param now - in milliseconds since 1970
 */
export function nameOfRefusal(
  key: VerificationRecord | undefined,
  now: number,
): OutcomeName {
  if (!key) return 'unknown';
  const status = statusOf(key, now);
  // A key that has not ended is only refused because of its owner.
  return isAcceptedStatus(status)
    ? ownerDenialOf(key) ?? 'owner-missing'
    : status;
}

/** Refuses keys of owners who have left, even while a user token from before is still valid. */
function acceptedIfOwned(key: VerificationRecord): VerificationOutcome {
  const denial = ownerDenialOf(key);
  if (denial) {
    const reason = `The API key's owner ${key.owner} ${OWNER_DENIALS[denial]}`;
    return { accepted: false, reason, keyId: key.id };
  }
  const end = endsAt(key);
  return {
    accepted: true,
    key: {
      ...pick(key, OUTCOME_FIELDS),
      endsPredecessor: isFirstUseOfSuccessor(key),
      issuedAt: key.createdAt,
      // JSON cannot represent Infinity.
      endsAt: end === Infinity ? undefined : end,
    },
  };
}

/** Only holders of the secret get this outcome, so it may say what happened to the key. */
function refused(
  { id }: VerificationRecord,
  what: string,
  at: number | undefined,
): VerificationOutcome {
  const when = at === undefined ? '' : ` ${toIsoTime(at)}`;
  return { accepted: false, reason: `The API key ${what}${when}`, keyId: id };
}
