import {
  API_KEY_DENIAL_REASONS,
  ApiKeyDenialReason,
  ApiKeyRestrictionKind,
} from 'backstage-plugin-api-keys-common';
import { ApiKeyScopeError } from '../verification/errors';
import { networkRestriction } from './network';
import { permissionRestriction } from './permission';
import { pluginRestriction } from './plugin';
import {
  ParsedRestrictions,
  RequestedRestrictions,
  RestrictedKey,
  Restriction,
  RestrictionContext,
} from './Restriction';
import { scopeRestriction } from './scope';

/**
 * In the order of the checks. Networks come first, so that a thief in another network learns nothing about the other
 * restrictions. A record instead of an array, so that a new kind does not compile until it is enforced.
 */
const RESTRICTION_OF_KIND: Record<ApiKeyRestrictionKind, Restriction> = {
  network: networkRestriction,
  scope: scopeRestriction,
  plugin: pluginRestriction,
  permission: permissionRestriction,
};

const RESTRICTIONS = Object.values(RESTRICTION_OF_KIND);

/**
 * Denies a use that the restrictions of a key do not cover.
 *
 * @param recordDenial - receives the reason, for the event log and the metrics
 * @throws {@link ApiKeyScopeError} that says why
 * @public
 */
export function enforce(
  key: RestrictedKey,
  context: RestrictionContext,
  recordDenial?: (reason: ApiKeyDenialReason) => void,
): void {
  const denial = findDenial(key, context);
  if (!denial) return;
  recordDenial?.(denial.reason);
  throw denial.error;
}

/**
 * Returns true if all restrictions of a key cover a use.
 *
 * @public
 */
export function isAllowed(
  key: RestrictedKey,
  context: RestrictionContext,
): boolean {
  return RESTRICTIONS.every(one => one.check(key, context));
}

/**
 * Returns why a use of a key is denied; undefined if all restrictions of the key cover it.
 *
 * @public
 */
export function findDenial(
  key: RestrictedKey,
  context: RestrictionContext,
): { reason: ApiKeyDenialReason; error: ApiKeyScopeError } | undefined {
  const denying = RESTRICTIONS.find(one => !one.check(key, context));
  if (!denying) return undefined;
  const { message, scopes } = denying.describe(key, context);
  return {
    reason: API_KEY_DENIAL_REASONS[denying.kind],
    error: new ApiKeyScopeError(message, scopes),
  };
}

/**
 * Reads the restrictions in a request for a new key.
 *
 * @public
 */
export function parseRestrictions(
  requested: RequestedRestrictions,
): ParsedRestrictions {
  const parsed = RESTRICTIONS.map(one => one.parse(requested));
  return {
    restrictions: Object.assign({}, ...parsed.map(one => one.restrictions)),
    problems: parsed.flatMap(one => one.problems),
  };
}
