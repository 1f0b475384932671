import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { Permission } from '@backstage/plugin-permission-common';
import { fetchPermissionMetadata } from 'backstage-plugin-api-keys-node/internal';
import { z } from 'zod';

/** The fields that this plugin needs. All others are passed on to the policy. */
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
 * Requests a plugin's permissions. A plugin without permissions does not have the endpoint.
 *
 * @throws for a plugin that does not answer
 */
export async function fetchPermissions(
  pluginId: string,
  services: { auth: AuthService; discovery: DiscoveryService },
): Promise<Permission[]> {
  const metadata = await fetchPermissionMetadata(pluginId, services);
  if (metadata === undefined) return [];
  const { permissions } = metadataSchema.parse(metadata);
  return permissions as Permission[];
}
