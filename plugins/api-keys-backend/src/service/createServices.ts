import {
  AuthService,
  DiscoveryService,
  LoggerService,
  PermissionsService,
  RootConfigService,
  RootInstanceMetadataService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ConditionTransformer } from '@backstage/plugin-permission-node';
import { ApiKeysService } from 'backstage-plugin-api-keys-node';
import {
  ApiKeyRuntime,
  ApiKeyVerifier,
} from 'backstage-plugin-api-keys-node/internal';
import { Audit } from '../observability/audit/Audit';
import { ApiKeysConfig } from '../config';
import { Stores } from '../database/stores';
import { DatabaseWarnings } from '../database/DatabaseWarnings';
import { KeyCondition } from '../database/queries';
import { CatalogOwners } from '../jobs/offboarding/CatalogOwners';
import { OwnerIdentities } from '../jobs/offboarding/OwnerIdentities';
import { OfflineSessions } from '../jobs/offlineSessions/OfflineSessions';
import { OwnerPolicies } from '../policies/OwnerPolicies';
import { AvailablePlugins } from '../restrictions/AvailablePlugins';
import { AvailableScopes } from '../restrictions/AvailableScopes';
import { SecretDigests } from '../verification/SecretDigests';
import { UsageRecorder } from '../verification/UsageRecorder';
import { WarningPlan } from '../lifecycle/warningPlan';
import { AdminAccess } from './AdminAccess';
import { ApiKeyAdministration } from './ApiKeyAdministration';
import { ApiKeyInventory } from './ApiKeyInventory';
import { ApiKeyTrail } from './ApiKeyTrail';
import { ApiKeyWarnings } from './ApiKeyWarnings';
import { AuthorizedApiKeyService } from './AuthorizedApiKeyService';
import { DefaultApiKeyService } from './DefaultApiKeyService';
import { Introspection } from './Introspection';
import { KeyChecks } from './KeyChecks';
import { KeyLookup } from './KeyLookup';
import { KeyOwnership } from './KeyOwnership';
import { KeyTransfers } from './KeyTransfers';
import { OwnerConfirmations } from './OwnerConfirmations';
import { ScopeKeys } from './ScopeKeys';
import { SecretOperations } from './SecretOperations';

/**
 * Creates the services behind the plugin's entry points. Each of them checks the caller's permissions, or the presented secret.
 */
export function createServices(options: {
  config: ApiKeysConfig;
  stores: Stores;
  digests: SecretDigests;
  policies: OwnerPolicies;
  owners: CatalogOwners;
  identities: OwnerIdentities;
  offlineSessions: OfflineSessions;
  warnings: { plan: WarningPlan; warnings: DatabaseWarnings };
  verifier: ApiKeyVerifier;
  recorder: UsageRecorder;
  transform: ConditionTransformer<KeyCondition>;
  audit: Audit;
  apiKeys: ApiKeysService;
  auth: AuthService;
  catalog: CatalogService;
  discovery: DiscoveryService;
  instance: RootInstanceMetadataService;
  logger: LoggerService;
  permissions: PermissionsService;
  rootConfig: RootConfigService;
  runtime: ApiKeyRuntime;
}) {
  const { config, rootConfig, runtime } = options;
  const unguarded = new DefaultApiKeyService(options);
  const plugins = new AvailablePlugins(options);
  const ownership = new KeyOwnership({
    ...options,
    ownershipOf: runtime.ownershipOf,
  });
  const service = new AuthorizedApiKeyService({
    ...options,
    inner: unguarded,
    plugins,
    scopes: new AvailableScopes(options),
    ownership,
  });
  const access = new AdminAccess({
    ...options,
    permissionsEnabled:
      rootConfig.getOptionalBoolean('permission.enabled') ?? false,
    admins: config.admins,
  });
  const secretOperations = new SecretOperations(options);
  return {
    service,
    secretOperations,
    lookup: new KeyLookup({ service, secretOperations }),
    administration: new ApiKeyAdministration({
      ...options,
      service: unguarded,
      secretOperations,
      transfers: new KeyTransfers(options),
      access,
    }),
    inventory: new ApiKeyInventory({ ...options, access }),
    trail: new ApiKeyTrail({ ...options, access }),
    scopeKeys: new ScopeKeys({ ...options, access }),
    introspection: new Introspection({
      ...options,
      limits: runtime.limits,
      access,
    }),
    checks: new KeyChecks({
      ...options,
      service,
      ownership,
      plugins,
      access,
    }),
    confirmations: new OwnerConfirmations({ ...options, service, access }),
    warnings: new ApiKeyWarnings({ ...options.warnings, access }),
  };
}
