import { Config } from '@backstage/config';
import { assertSupportedClient } from './supportedClients';

/**
 * Checks the configured database before the plugin opens it: Backstage creates a database as soon as a plugin asks for its own.
 *
 * @throws Error with a sentence that names the supported databases
 */
export function checkDatabaseConfig(config: Config): void {
  const client =
    config.getOptionalString('backend.database.plugin.api-keys.client') ??
    config.getOptionalString('backend.database.client');
  if (client !== undefined) assertSupportedClient(client);
}
