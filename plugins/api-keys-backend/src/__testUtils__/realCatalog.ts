import {
  AuthService,
  BackendFeature,
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  CatalogService,
  catalogServiceRef,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';

const LOCATION = 'url:https://example.com/company.yaml';

/** Real catalog of a portal that a test can change at run time. */
export type ChangingCatalog = {
  features: BackendFeature[];
  /** Replaces the entities of the provider; the catalog needs a moment to process them. */
  provide(entities: Entity[]): Promise<void>;
  /** Services for requests to the catalog as a plugin; available once the portal runs. */
  services(): { catalog: CatalogService; auth: AuthService };
};

/** Returns the catalog plugin with these entities, which it needs a moment to process. */
export function realCatalog(entities: Entity[]): BackendFeature[] {
  return changingCatalog(entities).features;
}

export function changingCatalog(entities: Entity[]): ChangingCatalog {
  let connection: EntityProviderConnection | undefined;
  let services: ReturnType<ChangingCatalog['services']> | undefined;
  const provide: ChangingCatalog['provide'] = async provided =>
    connection?.applyMutation({
      type: 'full',
      entities: provided.map(entity => ({
        entity: locate(entity),
        locationKey: 'test-entities',
      })),
    });
  const testEntities = createBackendModule({
    pluginId: 'catalog',
    moduleId: 'test-entities',
    register(reg) {
      reg.registerInit({
        deps: {
          auth: coreServices.auth,
          catalog: catalogServiceRef,
          processing: catalogProcessingExtensionPoint,
        },
        async init({ processing, ...rest }) {
          services = rest;
          processing.addEntityProvider({
            getProviderName: () => 'test-entities',
            connect: async connected => {
              connection = connected;
              await provide(entities);
            },
          });
        },
      });
    },
  });
  return {
    features: [catalogPlugin, testEntities],
    provide,
    services: () => services!,
  };
}

function locate(entity: Entity): Entity {
  const annotations = {
    ...entity.metadata.annotations,
    [ANNOTATION_LOCATION]: LOCATION,
    [ANNOTATION_ORIGIN_LOCATION]: LOCATION,
  };
  // The catalog computes relations itself.
  const { relations, ...rest } = entity;
  return { ...rest, metadata: { ...rest.metadata, annotations } };
}
