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
import {
  ApiKeyRuntime,
  ApiKeysService,
  ApiKeyVerifier,
} from 'backstage-plugin-api-keys-node';
import { Audit } from '../audit/Audit';
import { ApiKeysConfig } from '../config';
import { ApiKeyStore } from '../database/ApiKeyStore';
import { DatabaseWarnings } from '../database/DatabaseWarnings';
import { KeyCondition } from '../database/queries';
import { CatalogOwners } from '../offboarding/CatalogOwners';
import { OwnerIdentities } from '../offboarding/OwnerIdentities';
import { OfflineSessions } from '../offlineSessions/OfflineSessions';
import { OwnerPolicies } from '../policies/OwnerPolicies';
import { ChoosablePlugins } from '../restrictions/ChoosablePlugins';
import { ChoosableScopes } from '../scopes/ChoosableScopes';
import { SecretDigests } from '../secret/SecretDigests';
import { UseRecorder } from '../verification/UseRecorder';
import { WarningPlan } from '../warnings/rules';
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
import { ScopeHolders } from './ScopeHolders';
import { SecretHolders } from './SecretHolders';

/**
 * Creates the services behind the plugin's entry points. Each of them checks the caller's permissions, or the presented secret.
 */
export function createServices(options: {
  config: ApiKeysConfig;
  store: ApiKeyStore;
  digests: SecretDigests;
  policies: OwnerPolicies;
  owners: CatalogOwners;
  identities: OwnerIdentities;
  offlineSessions: OfflineSessions;
  warnings: { plan: WarningPlan; warnings: DatabaseWarnings };
  verifier: ApiKeyVerifier;
  recorder: UseRecorder;
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
  const plugins = new ChoosablePlugins(options);
  const ownership = new KeyOwnership({
    ...options,
    ownershipOf: runtime.ownershipOf,
  });
  const service = new AuthorizedApiKeyService({
    ...options,
    inner: unguarded,
    plugins,
    scopes: new ChoosableScopes(options),
    ownership,
  });
  const access = new AdminAccess({
    ...options,
    permissionsEnabled:
      rootConfig.getOptionalBoolean('permission.enabled') ?? false,
    admins: config.admins,
  });
  const secretHolders = new SecretHolders(options);
  return {
    service,
    secretHolders,
    lookup: new KeyLookup({ service, secretHolders }),
    administration: new ApiKeyAdministration({
      ...options,
      service: unguarded,
      secretHolders,
      transfers: new KeyTransfers(options),
      access,
    }),
    inventory: new ApiKeyInventory({ ...options, access }),
    trail: new ApiKeyTrail({ ...options, access }),
    scopeHolders: new ScopeHolders({ ...options, access }),
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
