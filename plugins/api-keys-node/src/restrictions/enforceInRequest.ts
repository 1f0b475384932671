import { currentRequestUse } from '../request/requestUse';
import { ApiKeyRuntime } from '../runtime';
import { ApiKeyUse, VerifiedApiKey } from '../verification/types';
import { enforce } from './enforce';
import { findRouteAccess } from './permission';
import { RestrictionContext } from './Restriction';

/**
 * Holds a key to its restrictions in the current request. If the key is limited to some permissions of the plugin, the answer will be
 * held to them, too.
 *
 * @throws {@link ApiKeyScopeError} for a denied use, which is recorded
 */
export function enforceInRequest(
  key: VerifiedApiKey,
  attempt: ApiKeyUse,
  context: Omit<RestrictionContext, 'request'>,
  { guardedRoutes, verifier }: ApiKeyRuntime,
): void {
  const current = currentRequestUse();
  const request = { route: current?.route, guardedRoutes };
  const use = { ...context, request };
  enforce(key, use, reason => verifier.refused(key, attempt, reason));
  const access = findRouteAccess(key, use);
  if (!current || !access || access === 'open' || access === 'closed') return;
  current.limited ??= {
    access,
    onDenied: () => verifier.refused(key, attempt, 'restricted'),
  };
}
