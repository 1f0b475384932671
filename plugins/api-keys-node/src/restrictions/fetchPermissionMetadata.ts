import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';

const METADATA = '/.well-known/backstage/permissions/metadata';
const TIMEOUT_MS = 5000;

/**
 * Asks a plugin for its permissions, at the route that Backstage's permissions registry adds to it. Meant for the packages of this
 * project.
 *
 * @returns the answer as it came; undefined for a plugin that has no permissions and does not know the question
 * @throws ResponseError for any other answer, and the error of fetch if there is no response
 * @public
 */
export async function fetchPermissionMetadata(
  pluginId: string,
  { auth, discovery }: { auth: AuthService; discovery: DiscoveryService },
): Promise<{ permissions?: unknown } | undefined> {
  const { token } = await auth.getPluginRequestToken({
    onBehalfOf: await auth.getOwnServiceCredentials(),
    targetPluginId: pluginId,
  });
  const baseUrl = await discovery.getBaseUrl(pluginId);
  const response = await fetch(`${baseUrl}${METADATA}`, {
    headers: { Authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status === 404) return undefined;
  if (!response.ok) throw await ResponseError.fromResponse(response);
  return response.json();
}
