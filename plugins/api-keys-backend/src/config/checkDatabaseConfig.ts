import { Config } from '@backstage/config';
import { assertSupportedClient } from '../database/supportedClients';

/**
 * Checks which database API keys are to be kept in, before anything is made of it: Backstage creates databases as soon as a
 * plugin asks for its own.
 *
 * @throws Error with a sentence that says what is supported
 */
export function checkDatabaseConfig(config: Config): void {
  const client =
    config.getOptionalString('backend.database.plugin.api-keys.client') ??
    config.getOptionalString('backend.database.client');
  if (client !== undefined) assertSupportedClient(client);
}
