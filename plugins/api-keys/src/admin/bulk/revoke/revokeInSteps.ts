import {
  ApiKeysApi,
  RevokeApiKeysResult,
} from 'backstage-plugin-api-keys-common';
import { KeyTarget } from '../keyTarget';
import { Reason } from './ReasonField';

/** So few that a step takes about a second. */
const STEP = 200;

/** Revokes keys a few at a time, so that one can see how far it is, and tells of each step what became of it. */
export async function* revokeInSteps(
  api: ApiKeysApi,
  target: KeyTarget,
  reason: Reason,
): AsyncGenerator<RevokeApiKeysResult> {
  if ('keys' in target) {
    const ids = target.keys.map(({ id }) => id);
    for (let i = 0; i < ids.length; i += STEP) {
      yield await api.revokeKeys({ ids: ids.slice(i, i + STEP), reason });
    }
    return;
  }
  const { filter } = target;
  for (;;) {
    const step = await api.revokeKeys({ filter, reason, limit: STEP });
    yield step;
    // Where none of them was left to revoke, somebody else is at the same.
    if (step.matched < STEP || step.revoked === 0) return;
  }
}
