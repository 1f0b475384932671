import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';

/**
 * Warns of admins in the configuration that the catalog does not know: mistyped ones, and people who have left. A new entity
 * with such a name would be an admin.
 *
 * @throws if the catalog is unavailable
 */
export async function warnOfUnknownAdmins(options: {
  admins: readonly string[];
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
}): Promise<void> {
  const { admins, catalog, auth, logger } = options;
  if (admins.length === 0) return;
  const { items } = await catalog.getEntitiesByRefs(
    { entityRefs: [...admins], fields: ['kind'] },
    { credentials: await auth.getOwnServiceCredentials() },
  );
  const unknown = admins.filter((_, i) => items[i] === undefined);
  if (unknown.length === 0) return;
  logger.warn(
    `apiKeys.admins names ${unknown.join(
      ' and ',
    )}, whom the catalog does not know: correct or remove them`,
  );
}
