import { mockServices } from '@backstage/backend-test-utils';
import { Entity, parseEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Audit } from '../audit/Audit';
import { ApiKeyStore } from '../database/ApiKeyStore';
import { CatalogOwners } from '../offboarding/CatalogOwners';
import { Offboarding } from '../offboarding/Offboarding';
import { OwnerPresence } from '../offboarding/OwnerPresence';

/**
 * What one replica does every few minutes, without the scheduler, as `plugin.ts` puts it together.
 *
 * @param options - `knownUsers` are those whom a resolver of the installation knows besides the catalog, or why it cannot tell
 */
export function offboardingOn(
  store: ApiKeyStore,
  catalog: CatalogService,
  {
    revokeAfter = 24 * 60 * 60 * 1000,
    knownUsers = [] as string[] | Error,
  } = {},
) {
  const logger = mockServices.logger.mock();
  const auditor = mockServices.auditor.mock();
  const audit = new Audit({ auditor, logger });
  const owners = new CatalogOwners({
    catalog,
    auth: mockServices.auth(),
    runtime: {
      knowsUserOutsideCatalog: async ref => {
        if (knownUsers instanceof Error) throw knownUsers;
        return knownUsers.includes(ref);
      },
    },
  });
  const presence = new OwnerPresence({ store, owners, logger });
  const offboarding = new Offboarding({
    store,
    owners,
    audit,
    logger,
    revokeAfter,
  });
  return {
    logger,
    auditor,
    presence,
    offboarding,
    run: async () => offboarding.run(await presence.check()),
  };
}

/** A catalog that has nobody but these. */
export function catalogOf(refs: readonly string[]) {
  return catalogServiceMock({ entities: refs.map(anEntity) });
}

function anEntity(ref: string): Entity {
  const { kind, ...metadata } = parseEntityRef(ref);
  return { apiVersion: 'backstage.io/v1alpha1', kind, metadata };
}
