import { AuthService } from '@backstage/backend-plugin-api';
import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import { tokenTypes } from '@backstage/plugin-auth-node';
import type { Request } from 'express';
import { decodeProtectedHeader } from 'jose';

/**
 * Makes sure that a plugin of the same installation calls, and in its own name. Not with `httpAuth`, which would resolve API
 * keys in turn.
 *
 * @throws AuthenticationError without credentials that are good
 * @throws NotAllowedError for everybody else's
 * @public
 */
export async function requirePluginToken(
  req: Request,
  auth: AuthService,
): Promise<void> {
  const [, token] =
    req.headers.authorization?.match(/^Bearer[ ]+(\S+)$/i) ?? [];
  if (!token) throw new AuthenticationError('Missing credentials');
  const credentials = await auth.authenticate(token);
  // A subject of the form `plugin:…` proves nothing: static tokens may be configured with it.
  const isPlugin =
    auth.isPrincipal(credentials, 'service') && isPluginToken(token);
  if (!isPlugin) {
    throw new NotAllowedError('Only plugins of this backend may do this');
  }
}

function isPluginToken(token: string): boolean {
  try {
    return decodeProtectedHeader(token).typ === tokenTypes.plugin.typParam;
  } catch {
    return false; // not a JWT
  }
}
