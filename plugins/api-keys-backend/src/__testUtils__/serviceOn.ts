import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Audit } from '../observability/audit/Audit';
import { readApiKeysConfig } from '../config';
import { Stores } from '../database/stores';
import { DatabaseTokenBindings } from '../database/DatabaseTokenBindings';
import { SecretDigests } from '../verification/SecretDigests';
import { KeyCreator } from '../service/ApiKeyService';
import { DefaultApiKeyService } from '../service/DefaultApiKeyService';
import { OwnerPolicies } from '../policies/OwnerPolicies';
import { SecretOperations } from '../service/SecretOperations';
import { CachedKeys } from '../verification/CachedKeys';
import { DefaultApiKeyVerifier } from '../verification/DefaultApiKeyVerifier';
import { KeyProofs } from '../verification/KeyProofs';
import { DenialRecorder } from '../verification/DenialRecorder';
import { meter } from './metrics';
import { catalogOf, offboardingOn } from './offboardingOn';
import { UsageRecorder } from '../verification/UsageRecorder';

/** Disables the cache, since most tests are about the database. */
const LOOK_EACH_TIME = { verification: { maxStaleness: 0 } };

/** Service of one replica on a store, without HTTP, composed as in `plugin.ts`. */
export type ServiceReplica = ReturnType<typeof serviceOn>;

/** @param catalog - empty if left out */
export function serviceOn(
  stores: Stores,
  apiKeys: JsonObject = {},
  catalog: CatalogService = catalogOf([]),
) {
  const config = readApiKeysConfig(
    new ConfigReader({ apiKeys: { ...LOOK_EACH_TIME, ...apiKeys } }),
  );
  const logger = mockServices.logger.mock();
  const { metrics, measured } = meter();
  const digests = new SecretDigests([]);
  const audit = new Audit({ auditor: mockServices.auditor.mock(), logger });
  const policies = new OwnerPolicies({ configured: config, stores, audit });
  const cache = new CachedKeys({ stores, ...config.verification });
  const recorder = new UsageRecorder({
    stores,
    logger,
    metrics,
    ...config.lastUsed,
    lastUseOf: keyId => cache.peekById(keyId)?.lastUsedAt,
  });
  const { identities } = offboardingOn(stores, catalog);
  const service = new DefaultApiKeyService({
    config,
    stores,
    digests,
    policies,
    identities,
  });
  const secretOperations = new SecretOperations({
    config,
    stores,
    digests,
    audit,
    recorder,
  });
  const verifier = new DefaultApiKeyVerifier({
    stores,
    // Tokens are issued only over HTTP.
    tokenBindings: {} as DatabaseTokenBindings,
    proofs: {} as KeyProofs,
    cache,
    digests,
    policies,
    identities,
    recorder,
    audit,
    metrics,
    logger,
    inactivityGrace: 0,
    // A race of a hundred uses takes longer on a busy machine.
    lookupTimeoutMs: 60_000,
    refusals: new DenialRecorder({
      stores,
      logger,
      audit,
      metrics,
      recordIp: true,
    }),
  });

  /** Verifies a secret like the token handler and returns true if it was accepted. */
  const use = async (secret: string): Promise<boolean> => {
    const found = await verifier.verify(secret);
    if (!found.accepted) return false;
    return (await verifier.use(found.key, { plugin: 'catalog' })).accepted;
  };
  return {
    stores,
    service,
    secretOperations,
    policies,
    recorder,
    cache,
    verifier,
    use,
    measured,
  };
}

/** Returns a user, a member of these groups, who creates keys for themselves. */
export function maker(
  userEntityRef: string,
  groups: string[] = [],
): KeyCreator {
  const owned = [userEntityRef, ...groups];
  return { userEntityRef, ownership: { session: owned, subject: owned } };
}

/** Rotation by the owner in person, as requested in the portal. */
export const BY_OWNER = { rotatedBy: 'owner' } as const;
