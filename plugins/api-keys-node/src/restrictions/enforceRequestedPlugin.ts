import { currentRequestUse } from '../request/requestUse';
import { ApiKeyRuntime } from '../runtime';
import { orNoteRefusal } from '../verification/orNoteRefusal';
import { ApiKeyUse, VerifiedApiKey } from '../verification/types';
import { requireRequestedPlugin } from './requirePlugin';

/**
 * Holds a key to the plugins that it is for, and a request with a key that is for some permissions of its plugin to these.
 *
 * @throws {@link ApiKeyScopeError} for what the key is not for, which is recorded
 */
export function enforceRequestedPlugin(
  key: VerifiedApiKey,
  attempt: ApiKeyUse,
  { guardedRoutes, verifier }: ApiKeyRuntime,
): void {
  const deny = () => verifier.refused(key, attempt, 'restricted');
  orNoteRefusal(verifier, key, attempt, 'restricted', () => {
    const access = requireRequestedPlugin(key, attempt.plugin, guardedRoutes);
    const request = currentRequestUse();
    if (!request || !access || access === 'open') return;
    request.limited ??= { access, onDenied: deny };
  });
}
