import { NotAllowedError } from '@backstage/errors';
import { RequestUse } from '../request/requestUse';
import { asksForOthers } from '../restrictions/guarded/denials';
import { PermissionChecks } from '../restrictions/guarded/PermissionChecks';

/**
 * Gives the denial of a request with a key a message where the plugin gave it none, as Backstage's own plugins do where they ask
 * for a permission in vain. Everything else is returned as it is.
 */
export function explainDenial(
  error: unknown,
  pluginId: string,
  { key, call, limited }: RequestUse,
  checks: PermissionChecks,
): unknown {
  if (!isWithoutMessage(error)) return error;
  const denied = checks.deniedTo(limited?.credentials);
  if (denied.length > 0) {
    return new NotAllowedError(asksForOthers(pluginId, denied));
  }
  const { subject } = key ?? call?.binding ?? {};
  return subject === undefined
    ? error
    : new NotAllowedError(
        `The API key acts as ${subject}, who is not allowed to do this`,
      );
}

function isWithoutMessage(error: unknown): boolean {
  return (
    error instanceof Error && error.name === 'NotAllowedError' && !error.message
  );
}
