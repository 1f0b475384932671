import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { Permission } from '@backstage/plugin-permission-common';
import { z } from 'zod';

const METADATA = '/.well-known/backstage/permissions/metadata';
const TIMEOUT_MS = 5000;

/** What we need of it. Whatever else a permission has, the policy is to see. */
const metadataSchema = z.object({
  permissions: z
    .array(
      z
        .object({
          type: z.enum(['basic', 'resource']),
          name: z.string(),
          attributes: z
            .object({
              action: z
                .enum(['create', 'read', 'update', 'delete'])
                .optional()
                .catch(undefined),
            })
            .loose(),
          resourceType: z.string().optional(),
        })
        .loose(),
    )
    .default([]),
});

/**
 * Asks a plugin for its permissions. A plugin that has none does not know the question.
 *
 * @throws for a plugin that does not answer
 */
export async function fetchPermissions(
  pluginId: string,
  { auth, discovery }: { auth: AuthService; discovery: DiscoveryService },
): Promise<Permission[]> {
  const { token } = await auth.getPluginRequestToken({
    onBehalfOf: await auth.getOwnServiceCredentials(),
    targetPluginId: pluginId,
  });
  const baseUrl = await discovery.getBaseUrl(pluginId);
  const response = await fetch(`${baseUrl}${METADATA}`, {
    headers: { Authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status === 404) return [];
  if (!response.ok) throw await ResponseError.fromResponse(response);
  const { permissions } = metadataSchema.parse(await response.json());
  return permissions as Permission[];
}
