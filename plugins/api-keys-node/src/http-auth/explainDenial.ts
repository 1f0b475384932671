import { NotAllowedError } from '@backstage/errors';
import { KeyAuthentication } from '../authenticator/types';
import { asksForOthers } from '../restrictions/guarded/denials';

/**
 * Gives the denial of a request with a key a message where the plugin gave it none, as Backstage's own plugins do where they ask
 * for a permission in vain. Everything else is returned as it is.
 *
 * @param denied - permissions that the request asked for, and that its key is not for
 */
export function explainDenial(
  error: unknown,
  pluginId: string,
  authentication: KeyAuthentication | undefined,
  denied: readonly string[],
): unknown {
  if (!authentication || !isWithoutMessage(error)) return error;
  return new NotAllowedError(
    denied.length > 0
      ? asksForOthers(pluginId, denied)
      : `The API key acts as ${authentication.key.subject}, who is not allowed to do this`,
  );
}

function isWithoutMessage(error: unknown): boolean {
  return (
    error instanceof Error && error.name === 'NotAllowedError' && !error.message
  );
}
