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

/** The real catalog of a portal, which a test can change while it runs. */
export type ChangingCatalog = {
  features: BackendFeature[];
  /** Has a provider hand over these entities instead of those before, which takes the catalog a moment. */
  provide(entities: Entity[]): Promise<void>;
  /** To ask the catalog as a plugin; there once the portal runs. */
  services(): { catalog: CatalogService; auth: AuthService };
};

/** The catalog plugin itself, which takes a moment to take these entities in. */
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
  // Relations are the catalog's own to find out.
  const { relations, ...rest } = entity;
  return { ...rest, metadata: { ...rest.metadata, annotations } };
}
