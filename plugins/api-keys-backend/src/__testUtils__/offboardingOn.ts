import { AuthService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { Entity, parseEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Audit } from '../observability/audit/Audit';
import { Stores } from '../database/stores';
import { CatalogOwners } from '../jobs/offboarding/CatalogOwners';
import { IdentityChecks } from '../jobs/offboarding/IdentityChecks';
import { Offboarding } from '../jobs/offboarding/Offboarding';
import { OwnerIdentities } from '../jobs/offboarding/OwnerIdentities';
import { OwnerPresence } from '../jobs/offboarding/OwnerPresence';

/**
 * Runs the offboarding of one replica without the scheduler, composed as in `plugin.ts`.
 *
 * @param options - `knownUsers` returns the users that a resolver of the installation knows in addition to the catalog,
 *   or the reason why it cannot
 */
export function offboardingOn(
  stores: Stores,
  catalog: CatalogService,
  {
    revokeAfter = 24 * 60 * 60 * 1000,
    knownUsers = [] as string[] | Error,
    identityAnnotations = ['github.com/user-id', 'backstage.io/ldap-uuid'],
    auth = mockServices.auth() as AuthService,
  } = {},
) {
  const logger = mockServices.logger.mock();
  const auditor = mockServices.auditor.mock();
  const audit = new Audit({ auditor, logger });
  const owners = new CatalogOwners({
    catalog,
    auth,
    identityAnnotations,
    runtime: {
      knowsUserOutsideCatalog: async ref => {
        if (knownUsers instanceof Error) throw knownUsers;
        return knownUsers.includes(ref);
      },
    },
  });
  const watched = { stores, owners, audit, logger, identityAnnotations };
  const checks = new IdentityChecks(watched);
  const identities = new OwnerIdentities({ ...watched, checks });
  const presence = new OwnerPresence({ ...watched, checks });
  const offboarding = new Offboarding({
    stores,
    owners,
    audit,
    logger,
    revokeAfter,
  });
  return {
    logger,
    auditor,
    identities,
    presence,
    offboarding,
    run: async () => offboarding.run(await presence.check()),
  };
}

/** Catalog with only these users and groups. */
export function catalogOf(refs: readonly string[]) {
  return catalogServiceMock({ entities: refs.map(ref => anEntity(ref)) });
}

/** Catalog data of an owner. */
export type Registration = {
  uid?: string;
  annotations?: Record<string, string>;
};

/** Catalog with these owners, by entity ref. */
export function catalogWith(registered: Record<string, Registration>) {
  const entities = Object.entries(registered).map(([ref, registration]) =>
    anEntity(ref, registration),
  );
  return catalogServiceMock({ entities });
}

function anEntity(ref: string, registration: Registration = {}): Entity {
  const { kind, ...name } = parseEntityRef(ref);
  const metadata = { ...name, ...registration };
  return { apiVersion: 'backstage.io/v1alpha1', kind, metadata };
}
