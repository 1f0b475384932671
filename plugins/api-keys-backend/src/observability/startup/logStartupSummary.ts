import {
  DatabaseService,
  LoggerService,
  RootConfigService,
  RootInstanceMetadataService,
} from '@backstage/backend-plugin-api';
import { ApiKeyRuntime } from 'backstage-plugin-api-keys-node/internal';
import { Knex } from 'knex';
import { findBackendDefaultsVersion } from '../../backstage/installedVersion';
import { ApiKeysConfig } from '../../config';
import { reportUntestedBackstage } from './checkBackstage';
import { StartupFacts, summarizeStartup } from './startupSummary';

/** Logs what is on, and warns of what is unsafe. */
export async function logStartupSummary(options: {
  config: ApiKeysConfig;
  rootConfig: RootConfigService;
  instance: RootInstanceMetadataService;
  database: DatabaseService;
  logger: LoggerService;
  runtime: ApiKeyRuntime;
}): Promise<void> {
  const { config, rootConfig, instance, database, logger, runtime } = options;
  const { line, warnings } = summarizeStartup({
    config,
    isProduction: process.env.NODE_ENV === 'production',
    permissionsEnabled:
      rootConfig.getOptionalBoolean('permission.enabled') ?? false,
    rbacUsesOwnership:
      rootConfig.getOptionalBoolean('permission.rbac.useOwnershipEntityRefs') ??
      false,
    plugins: await instance.getInstalledPlugins(),
    database: kindOf(await database.getClient()),
    authenticatesKeys: runtime.authenticators.has('api-keys'),
    takesKeysOutOfRequests: runtime.takesKeysOutOfRequests,
  });
  logger.info(line);
  reportUntestedBackstage(findBackendDefaultsVersion(), logger);
  for (const warning of warnings) logger.warn(warning);
}

function kindOf({ client }: Knex): StartupFacts['database'] {
  if (!/sqlite/i.test(client.driverName)) return 'server';
  const { connection } = client.config;
  const file =
    typeof connection === 'string' ? connection : connection?.filename;
  return file === ':memory:' ? 'memory' : 'file';
}
